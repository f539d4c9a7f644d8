// What went wrong in words, what to do next, and the technical part for whoever asks.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: panel

    required property Shell shell
    required property errorText error
    property bool open: false
    // Whether there is one to look at.
    property bool hasCertificate: false
    signal certificateWanted

    readonly property string technical: Words.join([error.code, error.detail], "\n")

    spacing: Theme.gapSmall

    Banner {
        Layout.fillWidth: true
        objectName: "errorBanner"
        tone: "danger"
        title: panel.error.sentence
        message: panel.error.remedy

        ActionButton {
            objectName: "errorCertificate"
            visible: panel.hasCertificate
            kind: ActionButton.Quiet
            flush: true
            glyph: "shield"
            text: qsTr("Certificate…")
            onClicked: panel.certificateWanted()
        }
        ActionButton {
            objectName: "errorDetails"
            visible: panel.technical !== ""
            kind: ActionButton.Quiet
            flush: !panel.hasCertificate
            glyph: panel.open ? "chevron-down" : "chevron-right"
            text: panel.open ? qsTr("Hide details") : qsTr("Details")
            onClicked: panel.open = !panel.open
        }
    }
    Rectangle {
        Layout.fillWidth: true
        visible: panel.open && panel.technical !== ""
        implicitHeight: technicalText.implicitHeight + 2 * Theme.gap
        radius: Theme.radiusSmall
        color: Theme.window
        border.width: 1
        border.color: Theme.outline

        TextEdit {
            id: technicalText

            anchors.left: parent.left
            anchors.right: copyButton.left
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.gap
            text: panel.technical
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            color: Theme.textMuted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            font.family: "monospace"
            font.pixelSize: Theme.textSmall
            wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
            Accessible.name: qsTr("Details")
        }
        IconButton {
            id: copyButton

            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.gapTiny
            glyph: "copy"
            name: qsTr("Copy the details")
            onClicked: panel.shell.copy(Words.join([panel.error.sentence, panel.error.remedy, panel.technical], "\n"))
        }
    }
}

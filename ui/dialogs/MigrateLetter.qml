// The letter, to copy, mail or save.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: step

    required property MigrationView view
    required property Shell shell

    readonly property var letter: view.letter
    readonly property bool ready: (letter.text ?? "") !== ""

    function takeFocus(): void {
        copyButton.forceActiveFocus();
    }

    spacing: Theme.gap

    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("It says what Tern has found and, step by step, what to do. Send it to whoever runs the VPN, usually your IT department.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    FactRow {
        label: qsTr("To")
        value: step.letter.to ?? ""
    }
    FactRow {
        label: qsTr("Subject")
        value: step.letter.title ?? ""
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 220
        radius: Theme.radiusSmall
        color: Theme.window
        border.width: 1
        border.color: Theme.outline

        Flickable {
            id: flick

            anchors.fill: parent
            anchors.margins: Theme.gap
            contentHeight: text.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Basic.ScrollBar.vertical: ThinScrollBar {}

            TextEdit {
                id: text

                objectName: "migrateLetterText"
                width: flick.width
                text: step.letter.text ?? ""
                textFormat: TextEdit.PlainText
                readOnly: true
                selectByMouse: true
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.textSmall
                wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
                activeFocusOnTab: true
                Keys.onDownPressed: flick.flick(0, -600)
                Keys.onUpPressed: flick.flick(0, 600)
                Accessible.role: Accessible.EditableText
                Accessible.readOnly: true
                Accessible.name: qsTr("The letter")
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.gapSmall

        ActionButton {
            id: copyButton

            property bool copied: false

            objectName: "letterCopy"
            enabled: step.ready
            glyph: copied ? "check" : "copy"
            text: copied ? qsTr("Copied") : qsTr("Copy the letter")
            onClicked: {
                step.shell.copy(step.letter.title + "\n\n" + step.letter.text);
                copied = true;
            }
        }
        ActionButton {
            objectName: "letterMail"
            enabled: step.ready
            glyph: "globe"
            text: qsTr("Open in the mail program")
            onClicked: step.view.mailLetter()
        }
        ActionButton {
            objectName: "letterSave"
            enabled: step.ready
            glyph: "file"
            text: qsTr("Save…")
            onClicked: saveDialog.open()
        }
    }
    onVisibleChanged: copyButton.copied = false

    FileDialog {
        id: saveDialog

        fileMode: FileDialog.SaveFile
        acceptLabel: qsTr("Save")
        title: qsTr("Save the letter")
        nameFilters: [qsTr("Text (*.txt)"), qsTr("Markdown (*.md)"), qsTr("Web page (*.html)")]
        defaultSuffix: Array.of("txt", "md", "html")[selectedNameFilter.index] ?? "txt"
        onAccepted: step.view.saveLetter(selectedFile, /\.html?$/i.test(String(selectedFile)) ? "html" : /\.md$/i.test(String(selectedFile)) ? "markdown" : "text")
    }
}

// A certificate in the list of those that hang together; pressing it shows what is in it.
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Controls

Basic.AbstractButton {
    id: row

    required property var certificate
    required property int depth

    readonly property string mark: {
        if (certificate.revocation === "revoked")
            return qsTr("Revoked");
        if (certificate.expired)
            return qsTr("Expired");
        if (certificate.pinned)
            return qsTr("Pinned");
        return certificate.trusted ? qsTr("Trusted") : "";
    }
    readonly property string markTone: certificate.revocation === "revoked" || certificate.expired ? "danger" : "positive"

    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight + 2 * Theme.gapTiny)
    focusPolicy: Qt.StrongFocus
    checkable: true

    Accessible.role: Accessible.RadioButton
    Accessible.name: Words.join([certificate.title ?? "", mark], ", ")
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: if (enabled) clicked()
    Accessible.onToggleAction: if (enabled) clicked()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.checked ? Theme.selection : (row.hovered ? Theme.surfaceHover : "transparent")

        FocusRing {
            control: row
        }
    }
    contentItem: RowLayout {
        spacing: Theme.gapSmall

        Icon {
            Layout.leftMargin: Theme.gapSmall + row.depth * Theme.gap
            glyph: row.certificate.authority ? "shield" : "server"
            color: Theme.textMuted
        }
        PlainLabel {
            Layout.fillWidth: true
            text: row.certificate.title ?? ""
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }
        Badge {
            Layout.rightMargin: Theme.gapSmall
            visible: row.mark !== ""
            text: row.mark
            tone: row.markTone
        }
    }
}

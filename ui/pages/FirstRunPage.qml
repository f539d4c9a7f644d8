// What there is before there is anything.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

Item {
    id: page

    required property EngineClient engine
    signal importWanted
    signal settingsWanted

    objectName: "firstRunPage"

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(460 * Theme.typeScale, parent.width - 2 * Theme.gapLarge)
        spacing: Theme.gap

        Image {
            Layout.alignment: Qt.AlignHCenter
            source: "qrc:/tern/icons/org.ternvpn.Tern.svg"
            sourceSize.width: 88
            sourceSize.height: 88
            Accessible.ignored: true
        }
        PlainLabel {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            text: qsTr("Import your Windows phonebook")
            font.pixelSize: Theme.textTitle
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("Tern reads your VPN connections from it, tells you which ones use retired protocols, and connects with the others.")
            color: Theme.textMuted
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            lineHeight: 1.15
        }
        ActionButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.gapSmall
            objectName: "firstImport"
            kind: ActionButton.Primary
            glyph: "import"
            text: page.engine.importing ? qsTr("Importing…") : qsTr("Choose a file…")
            enabled: !page.engine.importing
            focus: true
            onClicked: page.importWanted()
        }
        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("Or drop the file anywhere on this window.")
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        Card {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gapLarge
            heading: qsTr("Where is the phonebook?")
            spacing: Theme.gapSmall

            PlainLabel {
                Layout.fillWidth: true
                text: qsTr("On the Windows computer, open this folder in Explorer and copy the file rasphone.pbk to this one:")
                color: Theme.textMuted
                wrapMode: Text.Wrap
            }
            TextEdit {
                Layout.fillWidth: true
                text: "%APPDATA%\\Microsoft\\Network\\Connections\\Pbk"
                textFormat: TextEdit.PlainText
                readOnly: true
                selectByMouse: true
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.family: "monospace"
                font.pixelSize: Theme.textSmall
                wrapMode: TextEdit.WrapAnywhere
                Accessible.name: text
            }
        }
    }
}

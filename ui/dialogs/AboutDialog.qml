// What this is, and which version.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    required property Shell shell

    objectName: "aboutDialog"
    wanted: 400
    title: qsTr("About Tern")
    onOpened: closeButton.forceActiveFocus()

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gapLarge

        Image {
            source: "qrc:/tern/icons/org.ternvpn.Tern.svg"
            sourceSize.width: 72
            sourceSize.height: 72
            Accessible.ignored: true
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.gapTiny

            PlainLabel {
                text: "Tern"
                font.pixelSize: Theme.textTitle
                font.weight: Font.DemiBold
            }
            PlainLabel {
                Layout.fillWidth: true
                text: dialog.engine.version !== "" && dialog.engine.version !== dialog.shell.version ? qsTr("Version %1, service %2").arg(dialog.shell.version).arg(dialog.engine.version) : qsTr("Version %1").arg(dialog.shell.version)
                color: Theme.textMuted
                wrapMode: Text.Wrap
            }
        }
    }
    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("Brings you from PPTP and L2TP to IKEv2 and SSTP. Named after the bird with the longest migration.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("Free software under the GNU General Public License, version 3 or later.")
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }

    actions: ActionButton {
        id: closeButton

        objectName: "aboutClose"
        kind: ActionButton.Primary
        text: qsTr("Close")
        onClicked: dialog.close()
    }
}

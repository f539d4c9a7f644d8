// "Check what the server offers": asks the server of a connection, and shows what it said.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    property string profileId
    property string server

    objectName: "probeDialog"
    glyph: "search"
    tone: "info"
    wanted: 640
    title: qsTr("What %1 offers").arg(server)

    function ask(details: ProfileDetails): void {
        profileId = details.profileId;
        server = details.server;
        offer.detailed = false;
        view.start(server, profileId);
        open();
    }
    onOpened: closeButton.forceActiveFocus()
    onClosed: view.clear()

    ProbeView {
        id: view

        engine: dialog.engine
    }
    ServerOffer {
        id: offer

        Layout.fillWidth: true
        view: view
    }

    actions: [
        ActionButton {
            id: closeButton

            objectName: "probeClose"
            kind: ActionButton.Primary
            text: qsTr("Close")
            onClicked: dialog.close()
        },
        ActionButton {
            objectName: "probeAgain"
            visible: !view.running
            glyph: "search"
            text: qsTr("Check again")
            onClicked: {
                view.start(dialog.server, dialog.profileId);
                closeButton.forceActiveFocus();
            }
        }
    ]
}

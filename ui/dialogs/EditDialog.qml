// Changes what a person may set about a connection.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    required property ProfileDetails details
    property string profileId

    objectName: "editDialog"
    title: qsTr("Edit “%1”").arg(details.name)
    glyph: "edit"

    readonly property bool complete: name.text.trim() !== "" && server.text.trim() !== "" && (sstp.valid || !details.isSstp)

    onAboutToShow: {
        profileId = details.profileId;
        name.text = details.name;
        server.text = details.server;
        username.text = details.username;
        fullTunnel.checked = details.fullTunnel;
        ike.load();
        sstp.load();
        advanced.checked = false;
    }
    onOpened: name.input.forceActiveFocus()

    function save(): void {
        if (!complete)
            return;
        const changes = {};
        if (name.text.trim() !== details.name)
            changes["name"] = name.text.trim();
        if (server.text.trim() !== details.server)
            changes["server"] = server.text.trim();
        if (username.text.trim() !== details.username)
            changes["username"] = username.text.trim();
        if (fullTunnel.checked !== details.fullTunnel)
            changes["full-tunnel"] = fullTunnel.checked;
        if (details.isIke)
            ike.collect(changes);
        if (details.isSstp)
            sstp.collect(changes);
        if (Object.keys(changes).length > 0)
            engine.edit(profileId, changes);
        close();
    }

    LineField {
        id: name

        Layout.fillWidth: true
        objectName: "editName"
        label: qsTr("Name")
        problem: text.trim() === "" ? qsTr("A connection needs a name.") : ""
        onAccepted: dialog.save()
    }
    LineField {
        id: server

        Layout.fillWidth: true
        objectName: "editServer"
        label: qsTr("Server")
        hint: qsTr("The name your administrator gave you, such as vpn.example.org")
        problem: text.trim() === "" ? qsTr("A connection needs a server.") : ""
        onAccepted: dialog.save()
    }
    LineField {
        id: username

        Layout.fillWidth: true
        objectName: "editUsername"
        label: qsTr("User name")
        hint: qsTr("Leave it empty to be asked each time.")
        onAccepted: dialog.save()
    }
    ToggleSwitch {
        id: fullTunnel

        Layout.fillWidth: true
        objectName: "editFullTunnel"
        text: qsTr("Send all traffic through this connection")
        hint: qsTr("When off, only what belongs to the other network goes through it.")
    }
    Disclosure {
        id: advanced

        Layout.fillWidth: true
        objectName: "editAdvanced"
        visible: dialog.details.isIke || dialog.details.isSstp
        text: qsTr("Advanced")
        hint: qsTr("Only if your administrator told you what to enter here.")
        forced: dialog.details.isSstp && !sstp.valid
    }
    SstpSettings {
        id: sstp

        Layout.fillWidth: true
        visible: advanced.visible && advanced.open && dialog.details.isSstp
        details: dialog.details
        onAccepted: dialog.save()
    }
    IkeSettings {
        id: ike

        Layout.fillWidth: true
        visible: advanced.visible && advanced.open && dialog.details.isIke
        details: dialog.details
        onAccepted: dialog.save()
    }

    actions: [
        ActionButton {
            objectName: "editSave"
            kind: ActionButton.Primary
            text: qsTr("Save")
            enabled: dialog.complete
            onClicked: dialog.save()
        },
        ActionButton {
            objectName: "editCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        }
    ]
}

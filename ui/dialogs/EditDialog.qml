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

    readonly property bool complete: name.text.trim() !== "" && server.text.trim() !== ""

    onAboutToShow: {
        profileId = details.profileId;
        name.text = details.name;
        server.text = details.server;
        username.text = details.username;
        fullTunnel.checked = details.fullTunnel;
        legacyAlgorithms.checked = details.legacyAlgorithms;
        postQuantum.currentIndex = Math.max(0, postQuantum.indexOfValue(details.postQuantum));
        tcp.currentIndex = Math.max(0, tcp.indexOfValue(details.tcp));
        proxy.text = details.proxy;
        ppkId.text = details.ppkId;
        ppkRequired.checked = details.ppkRequired;
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
        if (legacyAlgorithms.checked !== details.legacyAlgorithms)
            changes["legacy-algorithms"] = legacyAlgorithms.checked;
        if (postQuantum.currentValue !== details.postQuantum && details.postQuantum !== "")
            changes["post-quantum"] = postQuantum.currentValue;
        if (details.isIke && details.tcp !== "" && tcp.currentValue !== details.tcp)
            changes["tcp"] = tcp.currentValue;
        if (details.isSstp && proxy.text.trim() !== details.proxy)
            changes["proxy"] = proxy.text.trim();
        if (ppkId.text.trim() !== details.ppkId)
            changes["ppk-id"] = ppkId.text.trim();
        if (ppkRequired.checked !== details.ppkRequired)
            changes["ppk-required"] = ppkRequired.checked;
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
    LineField {
        id: proxy

        Layout.fillWidth: true
        objectName: "editProxy"
        visible: dialog.details.isSstp
        label: qsTr("Proxy")
        hint: qsTr("Empty: as the desktop is set. Else “none”, or an address such as http://proxy.example.com:3128")
        onAccepted: dialog.save()
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.details.isIke
        text: qsTr("IKEv2 over TCP")
        font.pixelSize: Theme.textBody
    }
    ChoiceField {
        id: tcp

        Layout.fillWidth: true
        objectName: "editTcp"
        visible: dialog.details.isIke
        name: qsTr("IKEv2 over TCP")
        model: Array.of("automatic", "always", "never").map(value => ({
                        "text": Words.tcpName(value),
                        "value": value
                    }))
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: postQuantum.visible
        text: qsTr("Post-quantum protection")
        font.pixelSize: Theme.textBody
    }
    ChoiceField {
        id: postQuantum

        Layout.fillWidth: true
        objectName: "editPostQuantum"
        visible: dialog.details.isIke
        name: qsTr("Post-quantum protection")
        model: Array.of("automatic", "required", "off").map(value => ({
                        "text": Words.postQuantumName(value),
                        "value": value
                    }))
    }
    PlainLabel {
        Layout.fillWidth: true
        objectName: "editPostQuantumMissing"
        visible: postQuantum.visible && postQuantum.currentValue !== "off" && dialog.details.postQuantum !== "" && !dialog.details.postQuantumAvailable
        text: Words.postQuantumMissing()
        font.pixelSize: Theme.textSmall
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    LineField {
        id: ppkId

        Layout.fillWidth: true
        objectName: "editPpkId"
        visible: dialog.details.isIke
        label: qsTr("Name of the post-quantum pre-shared key (PPK)")
        hint: qsTr("Only if your administrator gave you one. The key itself is asked for when connecting.")
        onAccepted: dialog.save()
    }
    ToggleSwitch {
        id: ppkRequired

        Layout.fillWidth: true
        objectName: "editPpkRequired"
        visible: ppkId.visible && ppkId.text.trim() !== ""
        text: qsTr("Do not connect without this key")
    }

    ToggleSwitch {
        id: legacyAlgorithms

        Layout.fillWidth: true
        objectName: "editLegacyAlgorithms"
        visible: dialog.details.isIke
        text: qsTr("Allow outdated encryption")
        hint: qsTr("3DES, SHA-1 and short keys, for a Windows server with nothing better. Somebody with enough effort can read along.")
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

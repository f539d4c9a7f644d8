// What only an administrator's note makes one change about IKEv2.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: settings

    required property ProfileDetails details
    signal accepted

    spacing: Theme.gap

    function load(): void {
        legacyAlgorithms.checked = details.legacyAlgorithms;
        postQuantum.choose(details.postQuantum);
        tcp.choose(details.tcp);
        ppkId.text = details.ppkId;
        ppkRequired.checked = details.ppkRequired;
    }
    // Adds what was changed.
    function collect(changes: var): void {
        if (legacyAlgorithms.checked !== details.legacyAlgorithms)
            changes["legacy-algorithms"] = legacyAlgorithms.checked;
        if (postQuantum.value !== details.postQuantum && details.postQuantum !== "")
            changes["post-quantum"] = postQuantum.value;
        if (details.tcp !== "" && tcp.value !== details.tcp)
            changes["tcp"] = tcp.value;
        if (ppkId.text.trim() !== details.ppkId)
            changes["ppk-id"] = ppkId.text.trim();
        if (ppkRequired.checked !== details.ppkRequired)
            changes["ppk-required"] = ppkRequired.checked;
    }

    LabelledChoice {
        id: tcp

        Layout.fillWidth: true
        objectName: "editTcp"
        label: qsTr("IKEv2 over TCP")
        model: Array.of("automatic", "always", "never").map(value => ({
                        "text": Words.tcpName(value),
                        "value": value
                    }))
    }
    LabelledChoice {
        id: postQuantum

        Layout.fillWidth: true
        objectName: "editPostQuantum"
        label: qsTr("Post-quantum protection")
        model: Array.of("automatic", "required", "off").map(value => ({
                        "text": Words.postQuantumName(value),
                        "value": value
                    }))
    }
    PlainLabel {
        Layout.fillWidth: true
        objectName: "editPostQuantumMissing"
        visible: postQuantum.value !== "off" && settings.details.postQuantum !== "" && !settings.details.postQuantumAvailable
        text: Words.postQuantumMissing()
        font.pixelSize: Theme.textSmall
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    LineField {
        id: ppkId

        Layout.fillWidth: true
        objectName: "editPpkId"
        label: qsTr("Name of the post-quantum pre-shared key (PPK)")
        hint: qsTr("Only if your administrator gave you one. The key itself is asked for when connecting.")
        onAccepted: settings.accepted()
    }
    ToggleSwitch {
        id: ppkRequired

        Layout.fillWidth: true
        objectName: "editPpkRequired"
        visible: ppkId.text.trim() !== ""
        text: qsTr("Do not connect without this key")
    }
    ToggleSwitch {
        id: legacyAlgorithms

        Layout.fillWidth: true
        objectName: "editLegacyAlgorithms"
        text: qsTr("Allow outdated encryption")
        hint: qsTr("3DES, SHA-1 and short keys, for a Windows server with nothing better. Somebody with enough effort can read along.")
    }
}

// Chooses our certificate for a connection: from a file or from a token, and shows whose it is and how long it is good.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    required property ProfileDetails details
    property string profileId

    objectName: "certificateDialog"
    title: qsTr("Certificate for “%1”").arg(details.name)
    glyph: "key"

    // Inside SSTP it is EAP-TLS that a certificate alone signs in by; with a password it is shown to the server's TLS.
    readonly property string alone: details.protocol === "sstp" ? "eap-tls" : "machine-certificate"
    readonly property bool withPassword: Array.of("eap-mschapv2", "peap", "ttls", "eap-gtc", "eap-md5", "mschapv2", "chap", "pap").includes(details.auth)

    onAboutToShow: {
        profileId = details.profileId;
        view.source = details.certificate;
        first.checked = details.certificateFirst;
        passPhrase.clear();
        view.lookForTokens();
    }
    onClosed: passPhrase.clear()

    function save(): void {
        const changes = {
            "certificate": view.source
        };
        if (first.checked !== details.certificateFirst)
            changes["certificate-first"] = first.checked;
        if (view.source !== "" && !first.checked && details.auth !== "eap-tls" && details.auth !== "machine-certificate")
            changes["auth"] = alone;
        engine.edit(profileId, changes);
        close();
    }

    CertificateView {
        id: view

        engine: dialog.engine
    }
    FileDialog {
        id: file

        title: qsTr("Choose your certificate")
        nameFilters: [qsTr("Certificates and keys (*.p12 *.pfx *.pem *.crt *.cer)"), qsTr("All files (*)")]
        onAccepted: view.setFile(selectedFile)
    }

    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("Your administrator gave you a file, or a smart card with your certificate. Tern reads it where it is and keeps no copy.")
        wrapMode: Text.Wrap
        color: Theme.textMuted
    }
    ActionButton {
        objectName: "certificateFile"
        glyph: "file"
        text: qsTr("Choose a file…")
        onClicked: file.open()
    }
    ChoiceField {
        Layout.fillWidth: true
        objectName: "certificateToken"
        visible: view.tokens.length > 0
        name: qsTr("Smart cards and tokens")
        model: Array.of({
            text: qsTr("On a smart card or token…"),
            value: ""
        }).concat(Array.from(view.tokens))
        onActivated: {
            if (currentValue !== "")
                view.source = currentValue;
        }
    }
    FactRow {
        label: qsTr("Chosen")
        value: view.source
    }
    PasswordField {
        id: passPhrase

        Layout.fillWidth: true
        objectName: "certificatePassPhrase"
        visible: view.locked
        label: qsTr("Pass phrase of the file")
        hint: qsTr("Only to look inside now. You are asked again when you connect.")
        onAccepted: view.look(text)
    }
    ActionButton {
        objectName: "certificateLook"
        visible: view.locked
        text: qsTr("Show the certificate")
        enabled: passPhrase.text !== ""
        onClicked: view.look(passPhrase.text)
    }
    CertificateFacts {
        Layout.fillWidth: true
        view: view
    }
    CheckOption {
        id: first

        Layout.fillWidth: true
        objectName: "certificateFirst"
        visible: dialog.withPassword
        text: qsTr("Then also user name and password")
        Accessible.description: explanation.text
    }
    PlainLabel {
        id: explanation

        Layout.fillWidth: true
        visible: dialog.withPassword
        text: qsTr("When off, the certificate alone signs you in.")
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }

    actions: [
        ActionButton {
            objectName: "certificateSave"
            kind: ActionButton.Primary
            text: qsTr("Save")
            enabled: view.source !== "" || dialog.details.certificate !== ""
            onClicked: dialog.save()
        },
        ActionButton {
            objectName: "certificateCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        }
    ]
}

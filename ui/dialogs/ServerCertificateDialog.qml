// The server's certificate, those above it, and whom the connection trusts. For a server that was refused it is also
// the place to trust it nevertheless, after having looked.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    required property Shell shell
    property string profileId
    property string profileName
    property int chosen: 0

    readonly property bool refused: view.error.code !== ""
    readonly property bool some: view.chain.length > 0
    readonly property var certificate: view.chain[chosen] ?? ({})

    objectName: "serverCertificateDialog"
    glyph: refused ? "shield-off" : "shield"
    tone: refused ? "danger" : "neutral"
    wanted: 620
    title: qsTr("Server certificate of “%1”").arg(profileName)

    function show(details: ProfileDetails): void {
        showFor(details.profileId, details.name);
    }
    // Also of settings that are only being tried, which no list has.
    function showFor(id: string, name: string): void {
        chosen = 0;
        compared.checked = false;
        profileName = name;
        profileId = id;
        open();
    }
    onOpened: closeButton.forceActiveFocus()

    ServerCertificateView {
        id: view

        engine: dialog.engine
        profileId: dialog.profileId
        onFileFailed: (title, reason) => {
            problem.title = title;
            problem.message = reason;
            problem.visible = true;
        }
        onChanged: {
            problem.visible = false;
            if (dialog.chosen >= chain.length)
                dialog.chosen = 0;
        }
    }

    Banner {
        id: problem

        Layout.fillWidth: true
        objectName: "certificateProblem"
        visible: false
        tone: "danger"
        title: ""
    }
    Banner {
        Layout.fillWidth: true
        objectName: "certificateVerdict"
        visible: dialog.some
        tone: dialog.refused ? "danger" : (view.revocation === "unchecked" ? "warning" : "positive")
        title: {
            if (dialog.refused)
                return view.error.sentence;
            return Words.fill(qsTr("The server has proven that it is %1."), [view.expectedName]);
        }
        message: {
            if (dialog.refused)
                return view.error.remedy;
            switch (view.revocation) {
            case "good":
                return qsTr("Its certificate was not revoked.");
            case "unchecked":
                return qsTr("It could not be checked whether its certificate was revoked.");
            case "off":
                return qsTr("Nobody asked whether its certificate was revoked.");
            default:
                return "";
            }
        }
    }
    PlainLabel {
        Layout.fillWidth: true
        objectName: "certificateNone"
        visible: !dialog.some
        text: qsTr("The server has not shown a certificate yet. It does when you connect, unless you sign in with a pre-shared key.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: dialog.some
        spacing: 2

        Repeater {
            model: view.chain

            ServerCertificateRow {
                required property var modelData
                required property int index

                Layout.fillWidth: true
                certificate: modelData
                depth: index
                checked: dialog.chosen === index
                onClicked: {
                    dialog.chosen = index;
                    checked = Qt.binding(() => dialog.chosen === index);
                }
            }
        }
    }
    ServerCertificateFacts {
        Layout.fillWidth: true
        visible: dialog.some
        certificate: dialog.certificate
    }
    Banner {
        Layout.fillWidth: true
        objectName: "certificateWarning"
        visible: view.offer !== "" && dialog.refused
        tone: "warning"
        title: {
            switch (view.offer) {
            case "trust-name":
                return qsTr("This certificate belongs to another server.");
            case "trust-changed":
                return qsTr("The server has another key than before.");
            default:
                return qsTr("Nobody this computer knows vouches for this server.");
            }
        }
        message: {
            switch (view.offer) {
            case "trust-name":
                return qsTr("Anyone can have a good certificate for a name of their own. Only go on if your administrator has told you that this server goes by that name, and the fingerprint is right.");
            case "trust-changed":
                return qsTr("Somebody may be posing as the server. Only go on if your administrator says that the key was changed, and the fingerprint is right.");
            default:
                return qsTr("Anyone can make such a certificate. Ask your administrator for its fingerprint and compare the two before you trust it.");
            }
        }

        CheckOption {
            id: compared

            objectName: "fingerprintCompared"
            width: Math.min(implicitWidth, parent ? parent.width : implicitWidth)
            text: qsTr("I have compared the SHA-256 fingerprint, and it is right")
        }
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.outline
    }
    ServerTrust {
        Layout.fillWidth: true
        view: view
    }

    actions: [
        ActionButton {
            id: closeButton

            objectName: "certificateClose"
            kind: ActionButton.Primary
            text: qsTr("Close")
            onClicked: dialog.close()
        },
        ActionButton {
            objectName: "certificateTrust"
            visible: view.offer !== "" && dialog.refused
            enabled: compared.checked
            glyph: "shield"
            text: qsTr("Trust this certificate for this connection")
            onClicked: {
                view.trust();
                dialog.close();
            }
        },
        ActionButton {
            objectName: "certificateSave"
            visible: dialog.some
            glyph: "down"
            text: qsTr("Save as a file…")
            onClicked: pemFile.open()
        }
    ]

    FileDialog {
        id: pemFile

        title: qsTr("Save the certificate")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "pem"
        nameFilters: [qsTr("Certificates (*.pem)")]
        onAccepted: view.save(dialog.chosen, selectedFile)
    }
}

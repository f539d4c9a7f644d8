// Our certificate for a connection that may need one.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls
import Tern.Dialogs

Card {
    id: card

    required property EngineClient engine
    required property ProfileDetails details

    readonly property bool needed: details.auth === "machine-certificate" || details.auth === "eap-tls" || details.certificateFirst

    objectName: "certificateCard"
    heading: qsTr("Your certificate")
    spacing: Theme.gapSmall
    visible: details.exists && details.canConnect && details.auth !== "psk"

    CertificateView {
        id: view

        engine: card.engine
        source: card.details.certificate
    }
    CertificateDialog {
        id: dialog

        engine: card.engine
        details: card.details
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: view.source === ""
        text: card.needed ? qsTr("This connection signs in with a certificate. None is chosen yet.") : qsTr("None. This connection signs in without one.")
        color: card.needed ? Theme.text : Theme.textMuted
        wrapMode: Text.Wrap
    }
    FactRow {
        label: view.source.startsWith("pkcs11:") ? qsTr("Smart card or token") : qsTr("File")
        value: view.source
    }
    CertificateFacts {
        Layout.fillWidth: true
        visible: view.source !== "" && !view.locked
        view: view
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: view.locked
        text: qsTr("The file is protected with a pass phrase, which is asked when connecting.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    ActionButton {
        objectName: "chooseCertificate"
        kind: card.needed && view.source === "" ? ActionButton.Primary : ActionButton.Secondary
        text: view.source === "" ? qsTr("Choose a certificate…") : qsTr("Change…")
        glyph: "key"
        onClicked: dialog.open()
    }
}

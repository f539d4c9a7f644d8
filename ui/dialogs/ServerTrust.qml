// Whom a connection trusts: the authorities, pins, and what is done about revoked certificates.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: trust

    required property ServerCertificateView view

    spacing: Theme.gapSmall

    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("Whom this connection trusts")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    FactRow {
        label: qsTr("Authority")
        value: trust.view.authorities.length === 0 ? qsTr("Those of this computer") : ""
    }
    Repeater {
        model: trust.view.authorities

        ColumnLayout {
            id: authority

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.gapTiny

            FactRow {
                label: qsTr("Authority")
                value: authority.modelData.subject ?? ""
            }
            FactRow {
                label: qsTr("Valid until")
                value: authority.modelData.validUntil ?? ""
            }
            FactRow {
                label: qsTr("SHA-256 fingerprint")
                value: authority.modelData.fingerprint ?? ""
            }
        }
    }
    FactRow {
        label: qsTr("Only these keys")
        value: Words.join(trust.view.pins, "\n")
    }
    FactRow {
        label: qsTr("Name of the server")
        value: trust.view.serverName
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "chooseAuthority"
            glyph: "file"
            text: qsTr("Choose an authority's file…")
            onClicked: authorityFile.open()
        }
        ActionButton {
            objectName: "systemAuthorities"
            visible: trust.view.authorities.length > 0
            text: qsTr("Trust those of this computer")
            onClicked: trust.view.change({
                "ca": ""
            })
        }
        ActionButton {
            objectName: "pinServer"
            visible: trust.view.chain.length > 0 && trust.view.error.code === "" && trust.view.pins.length === 0
            text: qsTr("Trust only this server's key")
            onClicked: trust.view.change({
                "pin": [trust.view.chain[0].pin]
            })
        }
        ActionButton {
            objectName: "removePins"
            visible: trust.view.pins.length > 0
            text: qsTr("Remove the pins")
            onClicked: trust.view.change({
                "pin": []
            })
        }
        ActionButton {
            objectName: "removeServerName"
            visible: trust.view.serverName !== ""
            text: qsTr("Expect the dialled name again")
            onClicked: trust.view.change({
                "server-name": ""
            })
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("Ask whether it was revoked")
            wrapMode: Text.Wrap
        }
        ChoiceField {
            objectName: "revocationPolicy"
            name: qsTr("Ask whether it was revoked")
            implicitWidth: 220
            model: [
                {
                    "text": qsTr("If possible"),
                    "value": "soft"
                },
                {
                    "text": qsTr("Always, or do not connect"),
                    "value": "strict"
                },
                {
                    "text": qsTr("Never"),
                    "value": "off"
                }
            ]
            currentIndex: Words.placeOf(trust.view.policy, ["soft", "strict", "off"])
            onActivated: trust.view.change({
                "revocation": currentValue
            })
        }
    }
    FileDialog {
        id: authorityFile

        title: qsTr("Choose the certificate of an authority")
        nameFilters: [qsTr("Certificates (*.pem *.crt *.cer *.der *.PEM *.CRT *.CER *.DER)"), qsTr("All files (*)")]
        onAccepted: trust.view.setAuthority(selectedFile)
    }
}

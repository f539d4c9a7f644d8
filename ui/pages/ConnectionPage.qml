// Everything about one connection.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls
import Tern.Dialogs

ScrollPage {
    id: page

    required property EngineClient engine
    required property Shell shell
    required property ProfileDetails details
    signal adviceWanted
    signal editWanted
    signal removeWanted
    signal exportWanted
    signal certificateWanted
    signal probeWanted
    signal undoWanted

    readonly property bool connected: details.state === "connected"

    objectName: "connectionPage"

    Connections {
        target: page.details

        function onProfileIdChanged(): void {
            page.contentY = 0;
        }
    }

    PlainLabel {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gapLarge
        objectName: "nothingChosen"
        visible: !page.details.exists && page.engine.ready && page.engine.available
        text: qsTr("Choose a connection from the list.")
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
    StatusCard {
        Layout.fillWidth: true
        visible: page.details.exists
        engine: page.engine
        details: page.details
        onAdviceWanted: page.adviceWanted()
        onEditWanted: page.editWanted()
        onRemoveWanted: page.removeWanted()
        onExportWanted: page.exportWanted()
    }
    ErrorPanel {
        Layout.fillWidth: true
        objectName: "connectionError"
        visible: error.sentence !== ""
        shell: page.shell
        error: page.details.error
        hasCertificate: page.details.hasServerCertificate
        onCertificateWanted: page.certificateWanted()
    }
    TrafficCard {
        Layout.fillWidth: true
        visible: page.connected && page.details.usedProtocol !== "l2tp"
        details: page.details
    }
    PolicyCard {
        Layout.fillWidth: true
        engine: page.engine
        details: page.details
    }
    FindingsCard {
        Layout.fillWidth: true
        visible: findings.length > 0
        grade: page.details.grade
        because: page.details.gradeBecause
        next: page.details.gradeNext
        findings: Array.from(page.details.agreedFindings).concat(Array.from(page.details.findings))
    }
    ActionButton {
        Layout.fillWidth: true
        objectName: "makeSafer"
        visible: page.details.canConnect && page.details.grade !== "" && page.details.grade !== "good" && page.details.state !== "connecting" && page.details.state !== "disconnecting"
        glyph: "shield"
        text: qsTr("Make this connection safer…")
        onClicked: page.adviceWanted()
    }
    Card {
        Layout.fillWidth: true
        visible: page.connected
        heading: qsTr("This connection")
        spacing: Theme.gapSmall

        FactRow {
            label: qsTr("Server address")
            value: page.details.usedProxy === "" ? page.details.reachedServer : ""
        }
        FactRow {
            label: qsTr("Through the proxy")
            value: page.details.usedProxy
        }
        FactRow {
            label: qsTr("Protocol")
            value: {
                const name = Words.protocolName(page.details.usedProtocol !== "" ? page.details.usedProtocol : page.details.protocol);
                return page.details.tcpPort > 0 ? qsTr("%1 over TCP port %2").arg(name).arg(page.details.tcpPort) : name;
            }
        }
        FactRow {
            label: qsTr("Encryption")
            value: page.details.cipher
        }
        FactRow {
            label: qsTr("Key exchange")
            value: page.details.ikeCipher
        }
        FactRow {
            label: qsTr("Bound to the certificate")
            value: page.details.binding !== "" ? qsTr("Yes, by %1").arg(page.details.binding) : ""
        }
        FactRow {
            label: qsTr("Post-quantum protection")
            value: {
                if (page.details.usedProtocol === "l2tp" || page.details.usedProtocol === "sstp")
                    return "";
                return page.details.usedPostQuantum !== "" ? qsTr("Yes: %1").arg(page.details.usedPostQuantum) : qsTr("No");
            }
        }
        FactRow {
            label: qsTr("Server certificate")
            value: {
                switch (page.details.serverCertificate) {
                case "good":
                    return qsTr("Verified, not revoked");
                case "unchecked":
                    return qsTr("Verified; whether it was revoked could not be checked");
                case "trusted":
                case "off":
                    return qsTr("Verified");
                default:
                    return "";
                }
            }
        }
        FactRow {
            label: qsTr("Your addresses")
            value: Words.join(page.details.addresses, ", ")
        }
        FactRow {
            label: qsTr("Name servers")
            value: Words.join(page.details.dns, ", ")
        }
        FactRow {
            label: qsTr("Name domains")
            value: Words.join(page.details.serverDomains, ", ")
        }
        FactRow {
            label: qsTr("WINS servers")
            value: Words.join(page.details.nbns, ", ")
        }
        FactRow {
            label: qsTr("Through the tunnel")
            value: Words.join(page.details.tunnelRoutes, ", ")
        }
        FactRow {
            label: qsTr("Network interface")
            value: page.details.networkInterface
        }
        FactRow {
            label: qsTr("Largest packet (MTU)")
            value: page.details.mtu > 0 ? String(page.details.mtu) : ""
        }
    }
    CertificateCard {
        Layout.fillWidth: true
        engine: page.engine
        details: page.details
    }
    Card {
        Layout.fillWidth: true
        visible: page.details.exists
        heading: qsTr("Settings of this connection")
        spacing: Theme.gapSmall

        FactRow {
            label: qsTr("Server")
            value: page.details.server
        }
        FactRow {
            label: qsTr("Protocol")
            value: Words.protocolName(page.details.protocol)
        }
        FactRow {
            label: qsTr("Sign-in")
            value: Words.authName(page.details.auth)
        }
        FactRow {
            label: qsTr("User name")
            value: page.details.username
        }
        FactRow {
            label: qsTr("Domain")
            value: page.details.domain
        }
        FactRow {
            label: qsTr("Password")
            value: page.details.hasPassword ? qsTr("Kept in your keyring") : qsTr("Asked when connecting")
        }
        FactRow {
            label: qsTr("Traffic")
            value: page.details.fullTunnel ? qsTr("All traffic goes through it") : qsTr("Only what belongs to the other network")
        }
        FactRow {
            label: qsTr("Outdated encryption")
            value: page.details.legacyAlgorithms ? qsTr("Allowed") : ""
        }
        FactRow {
            label: qsTr("Port of SSTP")
            value: page.details.isSstp && page.details.port > 0 ? String(page.details.port) : ""
        }
        FactRow {
            label: qsTr("Name in the server's certificate")
            value: page.details.isSstp ? page.details.sstpHost : ""
        }
        FactRow {
            label: qsTr("Called by the name")
            value: {
                if (!page.details.isSstp)
                    return "";
                if (page.details.sni === "off")
                    return qsTr("None");
                return page.details.sni === "" && page.details.sniRefused ? qsTr("None; the server takes none") : page.details.sni;
            }
        }
        FactRow {
            label: qsTr("Proxy")
            value: page.details.isSstp ? page.details.proxy === "none" ? qsTr("None") : page.details.proxy : ""
        }
        FactRow {
            label: qsTr("Tenant")
            value: page.details.isSstp ? page.details.tenantId : ""
        }
        FactRow {
            label: qsTr("IKEv2 over TCP")
            value: page.details.isIke && page.details.tcp !== "" ? Words.tcpName(page.details.tcp) : ""
        }
        FactRow {
            objectName: "postQuantum"
            label: qsTr("Post-quantum protection")
            value: {
                const wanted = page.details.postQuantum;
                if (!page.details.isIke || wanted === "")
                    return "";
                const name = Words.postQuantumName(wanted);
                return wanted === "automatic" && !page.details.postQuantumAvailable ? name + "\n" + Words.postQuantumMissing() : name;
            }
        }
        Banner {
            Layout.fillWidth: true
            objectName: "postQuantumMissing"
            visible: page.details.isIke && page.details.postQuantum === "required" && !page.details.postQuantumAvailable
            tone: "warning"
            title: qsTr("This connection cannot be used here: it requires post-quantum protection")
            message: qsTr("%1 Until then, edit the connection and choose “%2”.").arg(Words.postQuantumMissing()).arg(Words.postQuantumName("automatic"))
        }
        FactRow {
            label: qsTr("Post-quantum pre-shared key (PPK)")
            value: page.details.ppkId === "" ? "" : page.details.ppkRequired ? qsTr("%1, required").arg(page.details.ppkId) : page.details.ppkId
        }
        FactRow {
            label: qsTr("Networks")
            value: Words.join(page.details.routes, ", ")
        }
        FactRow {
            label: qsTr("Imported from")
            value: page.details.origin
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.gapSmall

            ActionButton {
                objectName: "probeButton"
                visible: page.details.server !== ""
                enabled: page.engine.available
                text: qsTr("Check what the server offers…")
                glyph: "search"
                onClicked: page.probeWanted()
            }
            ActionButton {
                objectName: "serverCertificateButton"
                visible: page.details.canConnect && page.details.auth !== "psk"
                text: qsTr("Server certificate…")
                glyph: "shield"
                onClicked: page.certificateWanted()
            }
            ActionButton {
                objectName: "undoMigration"
                visible: page.details.migrated && (page.details.state === "disconnected" || page.details.state === "failed")
                text: qsTr("Bring the old settings back…")
                glyph: "back"
                onClicked: page.undoWanted()
            }
            ActionButton {
                objectName: "forgetPassword"
                visible: page.details.hasPassword
                text: qsTr("Forget the password")
                glyph: "key"
                onClicked: page.engine.forgetPassword(page.details.profileId)
            }
        }
    }
}

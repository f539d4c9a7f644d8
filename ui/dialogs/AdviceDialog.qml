// "What can I do?": why a connection is refused, in plain words, and the first steps to something better.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property Shell shell
    property string profileName
    property string server
    property string protocol
    property list<var> findings
    // By the policy of this computer; empty where it is another reason.
    property errorText refusal

    readonly property string protocolName: Words.protocolName(protocol)
    readonly property bool legacy: protocol === "pptp" || protocol === "l2tp"
    readonly property string letter: Words.fill(qsTr("Hello,\n\nmy VPN connection “%1” to %2 uses %3. %3 is no longer considered safe, and new versions of Windows, macOS, Android and Linux programs stop supporting it.\n\nCould you please offer IKEv2 or SSTP on the server? Current Windows Server (RRAS), routers and firewalls have both:\n– IKEv2: UDP ports 500 and 4500, a server certificate with the server's name, sign-in by EAP-MSCHAPv2 or certificate.\n– SSTP: TCP port 443, a server certificate with the server's name.\n\nI would need the name of the server, how I sign in, and your certificate authority's certificate if it is not a public one.\n\nThank you!"), [profileName, server, protocolName])

    objectName: "adviceDialog"
    glyph: "shield-off"
    tone: legacy ? "danger" : "warning"
    wanted: 560
    title: legacy ? Words.fill(qsTr("“%1” uses %2, which is not safe any more"), [profileName, protocolName]) : qsTr("“%1” cannot be connected").arg(profileName)

    onOpened: closeButton.forceActiveFocus()

    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.protocol === "pptp"
        text: qsTr("Anyone who records a PPTP connection can read everything in it and find out the password, usually within a day. Tern does not connect with it, to protect you and your organisation.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.protocol === "l2tp"
        text: qsTr("L2TP is being switched off: current servers and systems drop it, and its shared key is often known to many people, who can then pose as the server. Tern does not connect with it.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: !dialog.legacy && dialog.findings.length === 0 && dialog.refusal.sentence === ""
        text: qsTr("This version of Tern does not know this kind of connection. It connects with IKEv2 and SSTP.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    Banner {
        Layout.fillWidth: true
        objectName: "adviceRefusal"
        visible: dialog.refusal.code.startsWith("tern.policy.")
        tone: "danger"
        title: dialog.refusal.sentence
        message: dialog.refusal.remedy
    }
    Repeater {
        model: dialog.legacy ? [] : dialog.findings

        Banner {
            required property var modelData

            Layout.fillWidth: true
            tone: Words.gradeTone(modelData.severity)
            title: modelData.sentence
            message: modelData.remedy
        }
    }
    PlainLabel {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gapTiny
        visible: dialog.legacy
        text: qsTr("What you can do")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: dialog.legacy ? [qsTr("Ask whoever runs the VPN, usually your IT department, for a connection by IKEv2 or SSTP. Most servers that offer %1 can offer these too.").arg(dialog.protocolName), qsTr("Ask for three things: the server's name, how you sign in, and the certificate to trust if it is not a public one."), qsTr("When you get a new phonebook file or the new details, import them here. Your old entry stays until you remove it.")] : []

        RowLayout {
            id: step

            required property string modelData
            required property int index

            Layout.fillWidth: true
            spacing: Theme.gap

            Badge {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 1
                text: String(step.index + 1)
                tone: "info"
            }
            PlainLabel {
                Layout.fillWidth: true
                text: step.modelData
                wrapMode: Text.Wrap
                lineHeight: 1.1
            }
        }
    }
    Rectangle {
        Layout.fillWidth: true
        visible: dialog.legacy
        implicitHeight: letterText.implicitHeight + 2 * Theme.gap
        radius: Theme.radiusSmall
        color: Theme.window
        border.width: 1
        border.color: Theme.outline

        PlainLabel {
            id: letterText

            anchors.fill: parent
            anchors.margins: Theme.gap
            text: dialog.letter
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
            verticalAlignment: Text.AlignTop
            Accessible.name: qsTr("A letter you can send: %1").arg(dialog.letter)
        }
    }

    actions: [
        ActionButton {
            id: copyButton

            property bool copied: false

            objectName: "adviceCopy"
            visible: dialog.legacy
            kind: ActionButton.Primary
            glyph: copied ? "check" : "copy"
            text: copied ? qsTr("Copied") : qsTr("Copy the letter")
            onClicked: {
                dialog.shell.copy(dialog.letter);
                copied = true;
            }
        },
        ActionButton {
            id: closeButton

            objectName: "adviceClose"
            kind: dialog.legacy ? ActionButton.Secondary : ActionButton.Primary
            text: qsTr("Close")
            onClicked: dialog.close()
        }
    ]
    onAboutToShow: copyButton.copied = false
}

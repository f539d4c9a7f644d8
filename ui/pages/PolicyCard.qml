// What the organisation's policy says about one connection: how long it is allowed yet, what takes its place, why it is
// refused, and whom to ask.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: card

    required property EngineClient engine
    required property ProfileDetails details

    readonly property string organisation: engine.policy.organisation
    readonly property string contact: engine.policy.contact
    readonly property bool allowed: details.allowedUntil !== ""
    // What is wrong with the policy itself stands at the top of the window.
    readonly property bool refused: details.refusal.code.startsWith("tern.policy.") && details.refusal.code !== "tern.policy.unusable"
    readonly property bool replaced: details.replacementHost !== ""

    visible: allowed || refused || replaced
    spacing: Theme.gapSmall

    Banner {
        Layout.fillWidth: true
        objectName: "countdownBanner"
        visible: card.allowed
        tone: "warning"
        title: {
            const day = Words.dayName(card.details.allowedUntil);
            const text = card.organisation === "" ? qsTr("Your organisation allows this until %1: %n day(s) left", "", card.details.daysLeft) : qsTr("%2 allows this until %1: %n day(s) left", "", card.details.daysLeft);
            return Words.fill(text, [day, card.organisation]);
        }
        message: qsTr("L2TP is not safe any more; afterwards it is refused. Until then NetworkManager makes this connection, not Tern. Ask for IKEv2 or SSTP now.")
    }
    Banner {
        Layout.fillWidth: true
        objectName: "refusalBanner"
        visible: card.refused
        tone: "danger"
        title: card.details.refusal.sentence
        message: card.details.refusal.remedy
    }
    Banner {
        Layout.fillWidth: true
        objectName: "replacementBanner"
        visible: card.replaced
        tone: "info"
        title: qsTr("Your organisation has a new server for this connection: %1").arg(card.details.replacementHost)
        message: qsTr("Protocol: %1").arg(Words.protocolName(card.details.replacementProtocol))
    }
    RowLayout {
        Layout.fillWidth: true
        visible: card.contact !== "" || card.engine.policy.help !== ""
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            objectName: "policyContact"
            text: card.contact === "" ? "" : qsTr("Whom to ask: %1").arg(card.contact)
            color: Theme.textMuted
            wrapMode: Text.Wrap
        }
        ActionButton {
            objectName: "policyHelp"
            visible: card.engine.policy.help !== ""
            kind: ActionButton.Quiet
            glyph: "help"
            text: qsTr("Help of your organisation")
            onClicked: Qt.openUrlExternally(card.engine.policy.help)
        }
    }
}

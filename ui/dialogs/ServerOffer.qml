// What a server offers: the picture, what it comes to, and the details. Put into the dialog that asks for it and into
// any other that needs to know.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: offer

    required property ProbeView view
    property bool detailed: false

    readonly property string adviceTone: {
        switch (view.advice) {
        case "both":
        case "ready-ikev2":
        case "ready-sstp":
            return "positive";
        case "only-weak-ikev2":
        case "needs-repair":
            return "warning";
        default:
            return "danger";
        }
    }

    spacing: Theme.gap

    OfferPicture {
        Layout.fillWidth: true
        objectName: "offerPicture"
        visible: offer.view.running || offer.view.done
        host: offer.view.host
        roads: offer.view.roads
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: offer.view.running
        text: qsTr("Asking the server. This takes at most five seconds; no name and no password is sent.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    Banner {
        Layout.fillWidth: true
        objectName: "offerError"
        visible: offer.view.error.sentence !== ""
        tone: "danger"
        title: offer.view.error.sentence
        message: offer.view.error.remedy
    }
    Banner {
        Layout.fillWidth: true
        objectName: "offerAdvice"
        visible: offer.view.done
        tone: offer.adviceTone
        title: offer.view.sentence
        message: offer.view.remedy
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: offer.view.throughVpn
        text: qsTr("Asked through the VPN that is connected. From outside it may look different.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    ActionButton {
        objectName: "offerDetails"
        visible: offer.view.done
        kind: ActionButton.Quiet
        glyph: offer.detailed ? "chevron-down" : "chevron-right"
        text: offer.detailed ? qsTr("Hide the details") : qsTr("Show the details")
        onClicked: offer.detailed = !offer.detailed
    }
    // A Column: Qt 6.4's layouts keep what a Repeater takes away while they are hidden.
    Column {
        id: details

        Layout.fillWidth: true
        visible: offer.detailed
        spacing: Theme.gap

        Repeater {
            model: offer.detailed ? offer.view.roads : []

            ColumnLayout {
                id: section

                required property var modelData

                width: details.width
                spacing: Theme.gapTiny

                PlainLabel {
                    Layout.fillWidth: true
                    text: section.modelData.sentence
                    font.weight: Font.DemiBold
                    wrapMode: Text.Wrap
                }
                PlainLabel {
                    Layout.fillWidth: true
                    text: section.modelData.remedy
                    color: Theme.textMuted
                    wrapMode: Text.Wrap
                }
                Repeater {
                    model: section.modelData.findings

                    Banner {
                        required property var modelData

                        Layout.fillWidth: true
                        tone: modelData.severity === "note" ? "info" : Words.gradeTone(modelData.severity)
                        title: modelData.sentence
                        message: modelData.remedy
                    }
                }
            }
        }
        Repeater {
            model: offer.detailed ? offer.view.facts : []

            FactRow {
                required property var modelData

                width: details.width
                label: modelData.label
                value: modelData.value
            }
        }
    }
}

// The top of a connection's page: its name, how it is, and the button.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

Card {
    id: card

    required property EngineClient engine
    required property ProfileDetails details
    signal adviceWanted
    signal editWanted
    signal removeWanted
    signal exportWanted

    readonly property bool idle: details.state === "disconnected" || details.state === "failed"
    readonly property bool busy: details.state === "connecting" || details.state === "disconnecting"
    readonly property string gradeText: Words.gradeName(details.grade)
    readonly property string stateText: {
        if (!details.canConnect && idle)
            return qsTr("Tern does not connect with this one");
        const words = Words.stateName(details.state, details.stage);
        return details.state === "connected" ? words + " · " + Words.duration(details.seconds) : words;
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        StateMark {
            Layout.alignment: Qt.AlignTop
            size: 52
            state: card.details.state
            refused: !card.details.canConnect
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.gapTiny

            PlainLabel {
                Layout.fillWidth: true
                objectName: "connectionName"
                text: card.details.name
                font.pixelSize: Theme.textTitle
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                maximumLineCount: 3
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            PlainLabel {
                Layout.fillWidth: true
                objectName: "connectionState"
                text: card.stateText
                color: Theme.toneColor(Words.stateTone(card.details.state))
                font.weight: Font.Medium
                wrapMode: Text.Wrap
            }
            Flow {
                Layout.fillWidth: true
                Layout.topMargin: 2
                spacing: Theme.gapTiny

                Badge {
                    text: Words.protocolName(card.details.protocol)
                    tone: card.details.grade === "not-judged" ? "neutral" : card.details.canConnect && card.details.allowedUntil === "" ? "info" : "danger"
                }
                Badge {
                    visible: card.gradeText !== ""
                    text: card.gradeText
                    tone: Words.gradeTone(card.details.grade)
                }
            }
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            objectName: "editButton"
            glyph: "edit"
            name: qsTr("Edit")
            enabled: card.idle
            onClicked: card.editWanted()
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            objectName: "exportButton"
            glyph: "export"
            name: qsTr("Export…")
            onClicked: card.exportWanted()
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            objectName: "removeButton"
            glyph: "trash"
            name: qsTr("Remove")
            enabled: card.idle
            onClicked: card.removeWanted()
        }
    }
    ActionButton {
        Layout.fillWidth: true
        implicitHeight: Theme.controlHeight + 6
        objectName: "mainAction"
        enabled: card.details.state !== "disconnecting"
        kind: card.idle && card.details.canConnect ? ActionButton.Primary : ActionButton.Secondary
        glyph: card.details.canConnect ? "power" : "help"
        text: {
            if (!card.details.canConnect)
                return qsTr("What can I do?");
            if (card.details.state === "failed")
                return qsTr("Try again");
            if (card.idle)
                return qsTr("Connect");
            return card.details.state === "connecting" ? qsTr("Cancel") : qsTr("Disconnect");
        }
        onClicked: {
            if (!card.details.canConnect)
                card.adviceWanted();
            else if (card.idle)
                card.engine.connectProfile(card.details.profileId);
            else
                card.engine.disconnectProfile(card.details.profileId);
        }
    }
}

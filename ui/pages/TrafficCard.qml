// What went through since the connection came up, how fast it goes now, and the last minute as a graph.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

Card {
    id: card

    required property ProfileDetails details

    heading: qsTr("Traffic")

    Flow {
        Layout.fillWidth: true
        spacing: Theme.gapHuge

        StatTile {
            objectName: "receivedTile"
            label: qsTr("Received")
            glyph: "down"
            ink: Theme.accent
            value: Words.bytes(card.details.received)
            detail: Words.rate(card.details.receivedRate)
        }
        StatTile {
            objectName: "sentTile"
            label: qsTr("Sent")
            glyph: "up"
            ink: Theme.positive
            value: Words.bytes(card.details.sent)
            detail: Words.rate(card.details.sentRate)
        }
        StatTile {
            label: qsTr("Connected for")
            value: Words.duration(card.details.seconds)
        }
    }
    Sparkline {
        id: graph

        Layout.fillWidth: true
        name: qsTr("The last minute: receiving %1, sending %2").arg(Words.rate(card.details.receivedRate)).arg(Words.rate(card.details.sentRate))
        values: card.details.receivedRates
        others: card.details.sentRates
    }
    RowLayout {
        Layout.fillWidth: true

        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("One minute ago")
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
        }
        PlainLabel {
            text: qsTr("Top of the graph: %1").arg(Words.rate(graph.peak))
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
        }
    }
}

// The picture of what a server offers: this computer at the left, the server at the right, a road for each protocol.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Rectangle {
    id: picture

    required property string host
    // As ProbeView::roads; empty while they are being asked for.
    required property var roads

    readonly property real endWidth: Math.min(150 * Theme.typeScale, width * 0.25)
    readonly property var shown: roads.length > 0 ? roads : ["ikev2", "sstp", "pptp", "l2tp"].map(name => ({
                protocol: name,
                verdict: ""
            }))

    implicitHeight: line.implicitHeight + 2 * Theme.gap
    implicitWidth: 480
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.outline

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("The ways from your computer to %1").arg(host)

    RowLayout {
        id: line

        anchors.fill: parent
        anchors.margins: Theme.gap
        spacing: Theme.gapSmall

        OfferEnd {
            id: computer

            Layout.preferredWidth: picture.endWidth
            Layout.fillWidth: false
            wordsHeight: Math.max(computer.wordsNeed, server.wordsNeed)
            glyph: "computer"
            name: qsTr("Your computer")
        }
        // No layout: those of Qt 6.4 keep what a Repeater takes from them while they are hidden.
        Column {
            id: middle

            Layout.fillWidth: true
            spacing: Theme.gapTiny

            Repeater {
                model: picture.shown

                OfferRoad {
                    required property var modelData

                    width: middle.width
                    objectName: "road-" + modelData.protocol
                    offer: modelData
                }
            }
        }
        OfferEnd {
            id: server

            Layout.preferredWidth: picture.endWidth
            Layout.fillWidth: false
            wordsHeight: Math.max(computer.wordsNeed, server.wordsNeed)
            glyph: "server"
            name: picture.host
        }
    }
}

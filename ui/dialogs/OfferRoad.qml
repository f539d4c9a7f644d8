// One road from this computer to a server: a line and what became of it. Green and whole where it can be used, struck
// out in red where something answers that nobody should use, broken where nothing is offered.
pragma ComponentBehavior: Bound
import QtQuick
import Tern.Controls

Item {
    id: road

    // {protocol, verdict, sentence}; verdict "" while it is being asked for.
    required property var offer

    readonly property string verdict: offer.verdict ?? ""
    readonly property string tone: Words.offerTone(offer.protocol, verdict)
    readonly property bool refused: tone === "danger"
    readonly property bool whole: verdict === "open" || verdict === "weak" || refused
    readonly property color ink: Theme.toneColor(tone)

    implicitHeight: pill.implicitHeight + Theme.gapSmall
    implicitWidth: pill.implicitWidth + 2 * Theme.gapHuge

    Accessible.role: Accessible.StaticText
    Accessible.name: Words.offerName(offer.protocol, verdict)
    Accessible.description: offer.sentence ?? ""

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: 3
        radius: 1.5
        visible: road.whole
        color: road.ink
    }
    // What cannot be gone ends half way.
    Row {
        id: dashes

        readonly property int step: 10

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        visible: !road.whole
        clip: true
        spacing: dashes.step - 6

        Repeater {
            model: Math.max(0, Math.floor(dashes.width / dashes.step))

            Rectangle {
                width: 6
                height: 2
                radius: 1
                color: Theme.outlineStrong
            }
        }
    }
    Rectangle {
        id: pill

        anchors.centerIn: parent
        implicitWidth: content.implicitWidth + 2 * Theme.gap
        implicitHeight: content.implicitHeight + Theme.gapSmall
        width: Math.min(implicitWidth, road.width)
        radius: height / 2
        // The line does not shine through.
        color: Theme.surface

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: Theme.toneSurface(road.tone)
            border.width: 1
            border.color: road.verdict === "" ? Theme.outline : road.ink
        }
        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.gapSmall

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                visible: road.verdict === ""
                size: Theme.textBody
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: road.verdict !== ""
                glyph: Words.offerGlyph(road.offer.protocol, road.verdict)
                size: Theme.textBody
                color: road.ink
            }
            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: Words.protocolName(road.offer.protocol)
                color: road.verdict === "" ? Theme.textMuted : road.ink
                font.weight: Font.DemiBold
                font.strikeout: road.refused
                Accessible.ignored: true
            }
            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                visible: text !== ""
                text: Words.verdictName(road.offer.protocol, road.verdict)
                color: road.verdict === "" ? Theme.textMuted : road.ink
                font.pixelSize: Theme.textSmall
                Accessible.ignored: true
            }
        }
    }
}

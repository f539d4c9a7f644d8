// A word or two on a coloured pill: a protocol, a grade.
import QtQuick
import Tern.Controls

Rectangle {
    id: badge

    required property string text
    property string tone: "neutral"
    property string glyph

    implicitWidth: content.implicitWidth + 2 * Theme.gapSmall
    implicitHeight: content.implicitHeight + 4
    radius: height / 2
    color: Theme.toneSurface(tone)

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: content

        anchors.centerIn: parent
        spacing: Theme.gapTiny

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: badge.glyph !== ""
            glyph: badge.glyph
            size: Theme.textSmall
            color: label.color
        }
        PlainLabel {
            id: label

            text: badge.text
            color: Theme.toneColor(badge.tone)
            font.pixelSize: Theme.textSmall
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
}

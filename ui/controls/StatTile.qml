// A figure with its name above and a smaller figure below.
import QtQuick
import Tern.Controls

Column {
    id: tile

    required property string label
    required property string value
    property string detail
    property string glyph
    property color ink: Theme.text

    spacing: 2

    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + value + (detail === "" ? "" : ", " + detail)

    Row {
        spacing: Theme.gapTiny

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: tile.glyph !== ""
            glyph: tile.glyph
            size: Theme.textSmall + 2
            color: tile.ink
        }
        PlainLabel {
            text: tile.label
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            Accessible.ignored: true
        }
    }
    PlainLabel {
        text: tile.value
        font.pixelSize: Theme.textLarge
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    PlainLabel {
        visible: text !== ""
        text: tile.detail
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        Accessible.ignored: true
    }
}

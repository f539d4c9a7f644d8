// A drawing and words beside it, as buttons and menu entries have them.
import QtQuick
import Tern.Controls

Item {
    id: face

    required property string glyph
    required property string text
    required property color ink
    required property color glyphInk
    property int weight: Font.Normal
    property bool centred: false

    implicitWidth: line.implicitWidth
    implicitHeight: line.implicitHeight

    Row {
        id: line

        x: face.centred ? (face.width - width) / 2 : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapSmall

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: face.glyph !== ""
            glyph: face.glyph
            color: face.glyphInk
        }
        PlainLabel {
            anchors.verticalCenter: parent.verticalCenter
            text: face.text
            color: face.ink
            font.weight: face.weight
            Accessible.ignored: true
        }
    }
}

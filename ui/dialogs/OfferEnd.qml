// One end of the roads in the picture of what a server offers.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: end

    required property string glyph
    required property string name
    // As high as both ends need, so that they stand at one height.
    property real wordsHeight: wordsNeed
    readonly property real wordsNeed: words.implicitHeight

    spacing: Theme.gapSmall

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 56
        implicitHeight: 56
        radius: 28
        color: Theme.infoSoft

        Icon {
            anchors.centerIn: parent
            glyph: end.glyph
            size: 26
            color: Theme.accent
        }
    }
    PlainLabel {
        id: words

        Layout.fillWidth: true
        Layout.preferredHeight: end.wordsHeight
        // A host's name may break behind its dots. Of a very long one the end is shown too: it says whose host it is.
        text: (end.name.length > 60 ? end.name.slice(0, 26) + "…" + end.name.slice(-30) : end.name).replace(/\./g, ".\u200b")
        verticalAlignment: Text.AlignTop
        Accessible.name: end.name
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        maximumLineCount: 3
        elide: Text.ElideRight
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
    }
}

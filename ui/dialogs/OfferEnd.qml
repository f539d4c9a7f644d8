// One end of the roads in the picture of what a server offers.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

ColumnLayout {
    id: end

    required property string glyph
    required property string name

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
        Layout.fillWidth: true
        text: end.name
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        maximumLineCount: 3
        elide: Text.ElideRight
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
    }
}

// The bar over a page.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Rectangle {
    id: bar

    required property string title
    signal backWanted

    implicitHeight: Theme.controlHeight + 2 * Theme.gapSmall + 1
    color: Theme.surface

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gapSmall
        anchors.rightMargin: Theme.gap
        spacing: Theme.gapTiny

        IconButton {
            objectName: "back"
            glyph: "back"
            name: qsTr("Back")
            onClicked: bar.backWanted()
        }
        PlainLabel {
            Layout.fillWidth: true
            text: bar.title
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.outline
    }
}

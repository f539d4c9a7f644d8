// A raised sheet with an optional heading; what is put in it is stacked.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Rectangle {
    id: card

    default property alias body: column.data
    property string heading
    property alias spacing: column.spacing

    implicitWidth: column.implicitWidth + 2 * column.anchors.margins
    implicitHeight: column.implicitHeight + 2 * column.anchors.margins
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.outline

    Accessible.role: Accessible.Grouping
    Accessible.name: heading

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.gapLarge - 4
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            visible: card.heading !== ""
            text: card.heading
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
    }
}

// A page whose sections are stacked in a column of readable width and scroll together.
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Controls

Flickable {
    id: page

    default property alias body: column.data
    property int widest: 720
    property int margins: width < 560 ? Theme.gap : Theme.gapLarge

    contentHeight: column.implicitHeight + 2 * margins
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Basic.ScrollBar.vertical: ThinScrollBar {}

    ColumnLayout {
        id: column

        x: Math.max(page.margins, (page.width - width) / 2)
        y: page.margins
        width: Math.min(page.widest * Theme.typeScale, page.width - 2 * page.margins)
        spacing: Theme.gapLarge - 4
    }
}

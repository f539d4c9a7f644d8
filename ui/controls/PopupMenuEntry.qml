// A line of a PopupMenu.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.MenuItem {
    id: entry

    property string glyph
    property bool dangerous: false
    readonly property color ink: !enabled ? Theme.textDisabled : dangerous ? Theme.danger : Theme.text

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.controlHeight
    padding: 0
    leftPadding: Theme.gap
    rightPadding: Theme.gap

    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.onPressAction: {
        triggered();
        menu?.close();
    }

    contentItem: IconAndWords {
        glyph: entry.glyph
        text: entry.text
        ink: entry.ink
        glyphInk: entry.dangerous ? Theme.danger : Theme.textMuted
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: entry.highlighted || entry.hovered ? Theme.surfaceHover : "transparent"
    }
}

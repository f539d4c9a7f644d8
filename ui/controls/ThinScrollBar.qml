// A narrow scroll bar that is there only when there is something to scroll.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.ScrollBar {
    id: bar

    padding: 2
    minimumSize: 0.05
    visible: size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: bar.pressed ? Theme.textMuted : Theme.outlineStrong
        opacity: bar.active || bar.hovered ? 0.9 : 0.45
    }
}

// A tool tip.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.ToolTip {
    id: tip

    delay: 700
    padding: Theme.gapSmall
    font.pixelSize: Theme.textSmall

    contentItem: PlainLabel {
        text: tip.text
        font: tip.font
        color: Theme.surface
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: Theme.text
    }
}

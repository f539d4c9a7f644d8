// A menu that drops from a button.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.Menu {
    id: menu

    padding: Theme.gapTiny
    width: {
        let widest = 180;
        for (let i = 0; i < count; ++i)
            widest = Math.max(widest, itemAt(i).implicitWidth);
        return widest + 2 * padding;
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: 1
        border.color: Theme.outline
    }
}

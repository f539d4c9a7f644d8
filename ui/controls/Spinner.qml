// Something is going on. Turns while visible.
pragma ComponentBehavior: Bound
import QtQuick
import Tern.Controls

Item {
    id: spinner

    property int size: Theme.iconSize
    property color color: Theme.accent

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Repeater {
        model: 8

        Rectangle {
            id: dot

            required property int index

            readonly property real angle: dot.index * Math.PI / 4
            readonly property real reach: spinner.size / 2 - dot.width / 2

            x: spinner.width / 2 + dot.reach * Math.cos(dot.angle) - dot.width / 2
            y: spinner.height / 2 + dot.reach * Math.sin(dot.angle) - dot.height / 2
            width: Math.max(2, spinner.size / 6)
            height: dot.width
            radius: dot.width / 2
            color: spinner.color
            opacity: 0.15 + 0.85 * dot.index / 7
        }
    }
    RotationAnimator on rotation {
        running: spinner.visible
        from: 0
        to: 360
        duration: 900
        loops: Animation.Infinite
    }
}

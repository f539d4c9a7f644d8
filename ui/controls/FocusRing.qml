// The ring round whatever has the keyboard.
import QtQuick
import Tern.Controls

Rectangle {
    required property Item control

    anchors.fill: parent
    anchors.margins: -3
    visible: control.activeFocus && control.enabled
    color: "transparent"
    radius: Theme.radius + 2
    border.width: 2
    border.color: Theme.focus
    Accessible.ignored: true
}

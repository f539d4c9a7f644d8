// A square button with a drawing; its name is shown as a tool tip and told to screen readers.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.AbstractButton {
    id: control

    required property string glyph
    required property string name
    property color ink: Theme.textMuted

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.onPressAction: if (enabled) press()

    function press(): void {
        if (checkable)
            toggle();
        clicked();
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            glyph: control.glyph
            color: control.enabled ? control.ink : Theme.textDisabled
        }
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.down ? Theme.surfacePressed : control.hovered ? Theme.surfaceHover : "transparent"

        FocusRing {
            control: control
        }
    }

    HintBubble {
        visible: control.hovered && !control.down
        text: control.name
    }
}

// A setting that is on or off, with its words to the left of the switch.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.Switch {
    id: control

    property string hint

    // What the words would like, not what they were given: that would make the width depend on itself.
    implicitWidth: contentItem.children[0].implicitWidth + indicator.width + Theme.gapLarge
    implicitHeight: Math.max(Theme.controlHeight, contentItem.implicitHeight + 2 * Theme.gapTiny)
    padding: 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: hint
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: if (enabled) press()
    Accessible.onToggleAction: if (enabled) press()

    function press(): void {
        toggle();
        toggled();
    }

    indicator: Rectangle {
        x: control.width - width
        y: (control.height - height) / 2
        width: 40
        height: 22
        radius: 11
        color: control.checked ? Theme.accent : Theme.surfacePressed
        border.width: control.checked ? 0 : 1
        border.color: Theme.outlineStrong
        opacity: control.enabled ? 1 : 0.5

        Rectangle {
            x: control.checked ? parent.width - width - 3 : 3
            y: 3
            width: 16
            height: 16
            radius: 8
            color: control.checked ? Theme.accentText : Theme.outlineStrong

            Behavior on x {
                NumberAnimation {
                    duration: Theme.animation
                }
            }
        }
        FocusRing {
            control: control
            radius: 14
        }
    }
    contentItem: Column {
        rightPadding: control.indicator.width + Theme.gapLarge

        PlainLabel {
            width: control.width - control.indicator.width - Theme.gapLarge
            text: control.text
            color: control.enabled ? Theme.text : Theme.textDisabled
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        PlainLabel {
            width: control.width - control.indicator.width - Theme.gapLarge
            visible: text !== ""
            text: control.hint
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}

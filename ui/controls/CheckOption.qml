// A tick box with its words.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.CheckBox {
    id: control

    implicitHeight: Math.max(24, contentItem.implicitHeight)
    padding: 0
    spacing: Theme.gapSmall
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: if (enabled) press()
    Accessible.onToggleAction: if (enabled) press()

    function press(): void {
        toggle();
        toggled();
    }

    indicator: Rectangle {
        y: (control.height - height) / 2
        width: 20
        height: 20
        radius: 4
        color: control.checked && control.enabled ? Theme.accent : Theme.surface
        border.width: control.checked && control.enabled ? 0 : 1
        border.color: control.enabled ? Theme.outlineStrong : Theme.outline

        Icon {
            anchors.centerIn: parent
            visible: control.checked
            glyph: "check"
            size: 14
            color: Theme.accentText
        }
        FocusRing {
            control: control
            radius: 7
        }
    }
    contentItem: PlainLabel {
        leftPadding: control.indicator.width + control.spacing
        text: control.text
        color: control.enabled ? Theme.text : Theme.textDisabled
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}

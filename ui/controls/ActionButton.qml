// A button with words. kind says how loud it is: one Primary a view, Danger for what cannot be undone.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.Button {
    id: control

    enum Kind {
        Secondary,
        Primary,
        Danger,
        Quiet
    }

    property int kind: ActionButton.Secondary
    // Stands below text and begins where that does: the paper, which shows under the mouse only, sticks out to the left.
    property bool flush: false
    property string glyph
    // What a screen reader says, where the words on the button need their surroundings to make sense.
    property string spokenName: text

    readonly property bool filled: kind === ActionButton.Primary || kind === ActionButton.Danger
    readonly property color ink: {
        if (!enabled)
            return Theme.textDisabled;
        if (kind === ActionButton.Primary)
            return Theme.accentText;
        if (kind === ActionButton.Danger)
            return Theme.dangerText;
        return kind === ActionButton.Quiet ? Theme.accent : Theme.text;
    }
    readonly property color paper: {
        if (filled && !enabled)
            return Theme.neutralSoft;
        if (kind === ActionButton.Primary)
            return hovered || down ? Theme.accentHover : Theme.accent;
        if (kind === ActionButton.Danger)
            return hovered || down ? Theme.dangerHover : Theme.danger;
        if (down)
            return Theme.surfacePressed;
        if (hovered)
            return Theme.surfaceHover;
        return kind === ActionButton.Quiet ? "transparent" : Theme.surfaceRaised;
    }

    implicitHeight: Theme.controlHeight
    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, 64)
    // A drawing does not fill its square.
    leftPadding: !flush ? rightPadding : glyph === "" ? 0 : -Theme.gapTiny
    leftInset: leftPadding - rightPadding
    rightPadding: Theme.gap + 2
    topPadding: 0
    bottomPadding: 0
    focusPolicy: Qt.StrongFocus

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    Accessible.role: Accessible.Button
    Accessible.name: spokenName
    // Qt 6.4 does not tell screen readers what is disabled.
    Accessible.description: enabled ? "" : qsTr("Not available now")
    Accessible.onPressAction: if (enabled) clicked()

    contentItem: IconAndWords {
        glyph: control.glyph
        text: control.text
        ink: control.ink
        glyphInk: control.ink
        weight: control.filled ? Font.DemiBold : Font.Medium
        centred: !control.flush
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.paper
        border.width: control.kind === ActionButton.Secondary ? 1 : 0
        border.color: Theme.outline

        FocusRing {
            control: control
        }
    }
}

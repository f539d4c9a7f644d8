// One of a few choices with its name above and an explanation below.
import QtQuick
import Tern.Controls

Column {
    id: field

    required property string label
    property string hint
    // As ChoiceField's.
    property alias model: choice.model
    property alias value: choice.currentValue
    property alias choice: choice

    spacing: Theme.gapTiny

    // The first one where there is no such value.
    function choose(value: string): void {
        choice.currentIndex = Math.max(0, choice.indexOfValue(value));
    }

    PlainLabel {
        width: parent.width
        text: field.label
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    ChoiceField {
        id: choice

        width: parent.width
        name: field.label
    }
    PlainLabel {
        width: parent.width
        visible: text !== ""
        text: field.hint
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}

// One line to type into, with its name above it and an explanation or complaint below.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Column {
    id: field

    required property string label
    property string hint
    property string problem
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias readOnly: input.readOnly
    property alias input: input
    signal accepted
    signal edited

    spacing: Theme.gapTiny

    PlainLabel {
        width: parent.width
        text: field.label
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        font.weight: Font.Medium
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    Basic.TextField {
        id: input

        width: parent.width
        implicitHeight: Theme.controlHeight
        leftPadding: Theme.gapSmall + 2
        rightPadding: Theme.gapSmall + 2
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        placeholderTextColor: Theme.textDisabled
        font.pixelSize: Theme.textBody
        selectByMouse: true
        onAccepted: field.accepted()
        onTextEdited: field.edited()

        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
        Accessible.description: field.problem !== "" ? field.problem : field.hint !== "" ? field.hint : input.echoMode === TextInput.Normal ? "" : field.label

        background: Rectangle {
            radius: Theme.radiusSmall
            color: Theme.surface
            border.width: input.activeFocus ? 2 : 1
            border.color: field.problem !== "" ? Theme.danger : input.activeFocus ? Theme.focus : Theme.outlineStrong
        }
    }
    PlainLabel {
        width: parent.width
        visible: text !== ""
        text: field.problem !== "" ? field.problem : field.hint
        color: field.problem !== "" ? Theme.danger : Theme.textMuted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}

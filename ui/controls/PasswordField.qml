// A field for a secret; the eye shows what was typed for as long as it is on. Qt 6.4 tells screen readers no name for a
// password's own field, so the group round it and its description say what it is.
import QtQuick
import Tern.Controls

Item {
    id: field

    required property string label
    property alias hint: line.hint
    property alias problem: line.problem
    property alias text: line.text
    property alias input: line.input
    signal accepted

    implicitWidth: line.implicitWidth
    implicitHeight: line.implicitHeight

    Accessible.role: Accessible.Grouping
    Accessible.name: label

    function clear(): void {
        line.input.clear();
        reveal.checked = false;
    }

    LineField {
        id: line

        width: parent.width
        label: field.label
        input.rightPadding: reveal.width
        input.echoMode: reveal.checked ? TextInput.Normal : TextInput.Password
        input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
        onAccepted: field.accepted()
    }
    IconButton {
        id: reveal

        objectName: "reveal"

        anchors.right: parent.right
        y: line.input.y
        height: line.input.height
        checkable: true
        glyph: checked ? "eye-off" : "eye"
        name: checked ? qsTr("Hide %1").arg(field.label) : qsTr("Show %1").arg(field.label)
    }
}

// The search box over the list.
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.TextField {
    id: control

    required property string name

    implicitHeight: Theme.controlHeight
    leftPadding: Theme.iconSize + 2 * Theme.gapSmall + 2
    rightPadding: clear.visible ? clear.width : Theme.gapSmall
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    placeholderText: name
    placeholderTextColor: Theme.textMuted
    font.pixelSize: Theme.textBody
    selectByMouse: true
    Keys.onEscapePressed: event => {
        event.accepted = text !== "";
        clearText();
    }

    Accessible.role: Accessible.EditableText
    Accessible.name: name

    function clearText(): void {
        text = "";
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: Theme.surface
        border.width: control.activeFocus ? 2 : 1
        border.color: control.activeFocus ? Theme.focus : Theme.outline
    }
    Icon {
        x: Theme.gapSmall + 2
        anchors.verticalCenter: parent.verticalCenter
        glyph: "search"
        color: Theme.textMuted
    }
    IconButton {
        id: clear

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: control.text !== ""
        glyph: "close"
        name: qsTr("Clear the search")
        onClicked: control.clearText()
    }
}

// A line that shows or hides what is below it. forced: it stays open, for something in it wants to be seen.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.AbstractButton {
    id: control

    property string hint
    property bool forced: false
    readonly property bool open: checked || forced

    implicitHeight: Math.max(Theme.controlHeight, contentItem.implicitHeight)
    implicitWidth: contentItem.implicitWidth
    checkable: true
    focusPolicy: Qt.StrongFocus

    Keys.onReturnPressed: toggle()
    Keys.onEnterPressed: toggle()

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: (open ? qsTr("Open") : qsTr("Closed")) + (hint !== "" ? ". " + hint : "")
    Accessible.onPressAction: if (enabled) toggle()

    contentItem: Row {
        spacing: Theme.gapSmall

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            glyph: control.open ? "chevron-down" : "chevron-right"
            color: Theme.textMuted
        }
        Column {
            width: parent.width - Theme.iconSize - parent.spacing
            anchors.verticalCenter: parent.verticalCenter

            PlainLabel {
                width: parent.width
                text: control.text
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            PlainLabel {
                width: parent.width
                visible: text !== ""
                text: control.hint
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
    background: Item {
        FocusRing {
            control: control
        }
    }
}

// One of several choices that exclude each other, with a line that explains it.
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Controls

Basic.AbstractButton {
    id: control

    property string explanation
    signal chosen

    implicitHeight: contentItem.implicitHeight + 2 * Theme.gapSmall
    padding: Theme.gapSmall
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.description: explanation
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: if (enabled) chosen()

    Keys.onReturnPressed: chosen()
    Keys.onEnterPressed: chosen()
    onClicked: chosen()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.checked ? Theme.selection : control.hovered ? Theme.surfaceHover : "transparent"

        FocusRing {
            control: control
        }
    }
    contentItem: RowLayout {
        spacing: Theme.gap

        Rectangle {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            implicitWidth: 20
            implicitHeight: 20
            radius: 10
            color: Theme.surface
            border.width: control.checked ? 6 : 1
            border.color: control.checked ? Theme.accent : Theme.outlineStrong
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            PlainLabel {
                Layout.fillWidth: true
                text: control.text
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            PlainLabel {
                Layout.fillWidth: true
                visible: text !== ""
                text: control.explanation
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
}

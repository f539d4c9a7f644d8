// One of a few choices. model: a list of {text, value}.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import Tern.Controls

Basic.ComboBox {
    id: control

    required property string name

    textRole: "text"
    valueRole: "value"
    implicitHeight: Theme.controlHeight
    implicitWidth: 200
    font.pixelSize: Theme.textBody

    Accessible.role: Accessible.ComboBox
    Accessible.name: name
    Accessible.description: displayText
    Accessible.onPressAction: popup.open()

    contentItem: PlainLabel {
        leftPadding: Theme.gap
        rightPadding: Theme.iconSize + Theme.gap
        text: control.displayText
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    indicator: Icon {
        x: control.width - width - Theme.gapSmall
        y: (control.height - height) / 2
        glyph: "chevron-down"
        color: Theme.textMuted
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.hovered ? Theme.surfaceHover : Theme.surface
        border.width: 1
        border.color: Theme.outline

        FocusRing {
            control: control
        }
    }
    delegate: Basic.ItemDelegate {
        id: entry

        required property var modelData
        required property int index

        width: ListView.view ? ListView.view.width : 0
        implicitHeight: Theme.controlHeight
        highlighted: control.highlightedIndex === index

        Accessible.role: Accessible.ListItem
        Accessible.name: entry.modelData.text
        Accessible.onPressAction: if (enabled) clicked()

        contentItem: PlainLabel {
            text: entry.modelData.text
            elide: Text.ElideRight
            font.weight: control.currentIndex === entry.index ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: Theme.radiusSmall
            color: entry.highlighted ? Theme.selection : "transparent"
        }
    }
    popup: Basic.Popup {
        y: control.height + 2
        width: control.width
        implicitHeight: Math.min(contentItem.implicitHeight + 2 * padding, 320)
        padding: Theme.gapTiny

        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: control.popup.visible ? control.delegateModel : null
            currentIndex: control.highlightedIndex
        }
        background: Rectangle {
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: 1
            border.color: Theme.outline
        }
    }
}

// A modal sheet in the middle of the window: a title, a body that scrolls when it must, and buttons below. Escape
// closes it. Its owner keeps it below the edges of a small window by giving it the window's overlay as parent.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import QtQuick.Templates as T
import Tern.Controls

Basic.Dialog {
    id: frame

    default property alias body: column.data
    property alias actions: buttons.data
    property string glyph
    property string tone: "neutral"
    property int wanted: 460

    readonly property real roomAround: parent ? parent.height - 2 * Theme.gapLarge : 600
    readonly property real chrome: implicitHeaderHeight + implicitFooterHeight + topPadding + bottomPadding

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: parent ? Math.min(wanted * Math.min(1.3, Theme.typeScale), parent.width - 2 * Theme.gap) : wanted
    contentHeight: flick.implicitHeight
    modal: true
    focus: true
    closePolicy: Basic.Popup.CloseOnEscape
    padding: Theme.gapLarge
    topPadding: Theme.gapSmall
    bottomPadding: Theme.gapLarge

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: Theme.radius + 4
        color: Theme.surfaceRaised
        border.width: Theme.dark ? 1 : 0
        border.color: Theme.outline
    }
    header: RowLayout {
        spacing: Theme.gap

        Icon {
            Layout.leftMargin: Theme.gapLarge
            Layout.topMargin: Theme.gapLarge
            Layout.alignment: Qt.AlignTop
            visible: frame.glyph !== ""
            glyph: frame.glyph
            size: Theme.iconSize + 6
            color: Theme.toneColor(frame.tone)
        }
        PlainLabel {
            Layout.fillWidth: true
            Layout.leftMargin: frame.glyph === "" ? Theme.gapLarge : 0
            Layout.rightMargin: Theme.gapLarge
            Layout.topMargin: Theme.gapLarge
            text: frame.title
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
    }
    contentData: Flickable {
        id: flick

        anchors.fill: parent
        implicitHeight: Math.min(column.implicitHeight, frame.roomAround - frame.chrome)
        contentHeight: column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        // Focus rings reach a little out of their controls.
        clip: interactive

        // Beside the text, in the margin: room made for it would change the height that calls for it.
        Basic.ScrollBar.vertical: ThinScrollBar {
            parent: flick.parent
            x: flick.width + Theme.gapTiny
            height: flick.height
        }

        ColumnLayout {
            id: column

            width: flick.width
            spacing: Theme.gap
        }
    }
    footer: Item {
        implicitHeight: buttons.implicitHeight + Theme.gapLarge
        visible: buttons.children.length > 0

        Flow {
            id: buttons

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.gapLarge
            anchors.rightMargin: Theme.gapLarge
            layoutDirection: Qt.RightToLeft
            spacing: Theme.gapSmall
        }
    }
}

// One imported connection; a click shows it.
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Controls

Basic.ItemDelegate {
    id: row

    required property var modelData

    implicitHeight: Theme.controlHeight + Theme.gapTiny
    padding: 0
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    Accessible.role: Accessible.Button
    Accessible.name: modelData.name
    Accessible.description: line.protocol
    Accessible.onPressAction: if (enabled) clicked()

    contentItem: null
    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.hovered ? Theme.surfaceHover : "transparent"

        FocusRing {
            control: row
        }
    }
    RowLayout {
        id: line

        readonly property string protocol: Words.join([Words.protocolName(row.modelData.protocol), Words.gradeName(row.modelData.grade)], " · ")

        anchors.fill: parent
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gapSmall
            text: row.modelData.name
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Badge {
            text: line.protocol
            tone: Words.gradeTone(row.modelData.grade)
            Accessible.ignored: true
        }
        Icon {
            Layout.rightMargin: Theme.gapTiny
            glyph: "chevron-right"
            size: Theme.iconSize - 4
            color: Theme.textMuted
        }
    }
}

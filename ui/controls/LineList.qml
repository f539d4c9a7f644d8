// Sentences under a heading, each with its explanation below when `explained`. A Column: a layout of Qt 6.4 keeps what a
// Repeater takes from it while it is hidden.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Column {
    id: list

    required property string heading
    // {sentence, remedy}
    required property list<var> lines
    property string glyph: "check"
    property color ink: Theme.positive
    property bool explained: false

    spacing: Theme.gapTiny
    visible: lines.length > 0

    PlainLabel {
        width: parent.width
        text: list.heading
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: list.lines

        RowLayout {
            id: line

            required property var modelData

            width: list.width
            spacing: Theme.gapSmall

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
                glyph: list.glyph
                size: Theme.textBody
                color: list.ink
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                PlainLabel {
                    Layout.fillWidth: true
                    text: line.modelData.sentence
                    wrapMode: Text.Wrap
                }
                PlainLabel {
                    Layout.fillWidth: true
                    visible: list.explained
                    text: line.modelData.remedy
                    color: Theme.textMuted
                    font.pixelSize: Theme.textSmall
                    wrapMode: Text.Wrap
                }
            }
        }
    }
}

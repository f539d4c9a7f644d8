// A coloured strip that says what is the matter and what to do, with room for buttons below.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

Rectangle {
    id: banner

    default property alias actions: row.data
    required property string title
    property string message
    property string tone: "info"
    property string glyph: {
        switch (tone) {
        case "danger":
            return "error";
        case "warning":
            return "warning";
        case "positive":
            return "check";
        default:
            return "info";
        }
    }

    implicitHeight: content.implicitHeight + 2 * Theme.gap
    implicitWidth: 320
    radius: Theme.radius
    color: Theme.toneSurface(tone)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: title
    Accessible.description: message

    RowLayout {
        id: content

        anchors.fill: parent
        anchors.margins: Theme.gap
        spacing: Theme.gap

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            glyph: banner.glyph
            color: Theme.toneColor(banner.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.gapTiny

            PlainLabel {
                Layout.fillWidth: true
                text: banner.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
            }
            PlainLabel {
                Layout.fillWidth: true
                visible: text !== ""
                text: banner.message
                wrapMode: Text.Wrap
                lineHeight: 1.1
            }
            Flow {
                id: row

                Layout.fillWidth: true
                Layout.topMargin: visible ? Theme.gapTiny : 0
                visible: children.length > 0
                spacing: Theme.gapSmall
            }
        }
    }
}

// What a group of connections in the list has in common.
import QtQuick
import Tern.Controls

Item {
    id: heading

    required property string section

    readonly property string title: {
        switch (section) {
        case "1-ready":
            return qsTr("Ready to connect");
        case "2-forbidden":
            return qsTr("Not allowed by the policy of this computer");
        case "2-retired":
            return qsTr("Retired protocols: need replacing");
        default:
            return qsTr("Not supported yet");
        }
    }

    width: parent ? parent.width : 0
    height: words.implicitHeight + Theme.gap + Theme.gapSmall

    PlainLabel {
        id: words

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gapTiny
        x: Theme.gap
        width: parent.width - 2 * x
        text: heading.title
        color: Theme.textMuted
        font.pixelSize: Theme.textSmall
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
    }
}

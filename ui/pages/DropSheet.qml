// Takes a file dropped anywhere on the window.
import QtQuick
import Tern.Controls

DropArea {
    id: area

    signal fileDropped(url file)

    keys: ["text/uri-list"]
    onEntered: drag => drag.accepted = drag.hasUrls
    onDropped: drop => {
        if (drop.hasUrls) {
            drop.accept(Qt.CopyAction);
            for (const file of drop.urls)
                area.fileDropped(file);
        }
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.gapSmall
        visible: area.containsDrag
        radius: Theme.radius + 4
        color: Theme.infoSoft
        opacity: 0.96
        border.width: 2
        border.color: Theme.accent

        Column {
            anchors.centerIn: parent
            spacing: Theme.gap

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                glyph: "import"
                size: 48
                color: Theme.accent
            }
            PlainLabel {
                text: qsTr("Drop the phonebook to import it")
                font.pixelSize: Theme.textLarge
                font.weight: Font.DemiBold
            }
        }
    }
}

// What the engine has been doing, newest at the bottom.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: page

    required property LogModel log
    required property Shell shell

    objectName: "logPage"
    spacing: 0

    function tone(level: string): string {
        switch (level) {
        case "error":
            return "danger";
        case "warning":
            return "warning";
        default:
            return "neutral";
        }
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.gap
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("Passwords and keys are never written here.")
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
        ActionButton {
            id: copyButton

            property bool copied: false

            objectName: "logCopy"
            glyph: copied ? "check" : "copy"
            text: copied ? qsTr("Copied") : qsTr("Copy all")
            enabled: page.log.count > 0
            onClicked: {
                page.shell.copy(page.log.allText());
                copied = true;
                forgetCopied.restart();
            }
        }
        Timer {
            id: forgetCopied

            interval: 2000
            onTriggered: copyButton.copied = false
        }
    }
    ListView {
        id: view

        property bool following: true

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.leftMargin: Theme.gap
        Layout.rightMargin: Theme.gap
        Layout.bottomMargin: Theme.gap
        clip: true
        spacing: Theme.gapTiny
        model: page.log
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        onMovementEnded: following = atYEnd
        onCountChanged: {
            if (following)
                toEnd.restart();
        }
        onVisibleChanged: {
            if (visible)
                toEnd.restart();
        }

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Log")

        Basic.ScrollBar.vertical: ThinScrollBar {}

        // The rows have their height only after this turn.
        Timer {
            id: toEnd

            interval: 0
            onTriggered: view.positionViewAtEnd()
        }

        delegate: RowLayout {
            id: entry

            required property string time
            required property string level
            required property string profile
            required property string message
            required property string code

            width: ListView.view ? ListView.view.width - Theme.gap : 0
            spacing: Theme.gap

            Accessible.role: Accessible.ListItem
            Accessible.name: Words.join([time, profile, message, code], " ")

            PlainLabel {
                Layout.alignment: Qt.AlignTop
                text: entry.time
                color: Theme.textMuted
                font.family: "monospace"
                font.pixelSize: Theme.textSmall
                Accessible.ignored: true
            }
            PlainLabel {
                Layout.fillWidth: true
                text: (entry.profile !== "" ? entry.profile + ": " : "") + entry.message + (entry.code !== "" ? " (" + entry.code + ")" : "")
                color: page.tone(entry.level) === "neutral" ? Theme.text : Theme.toneColor(page.tone(entry.level))
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
        PlainLabel {
            anchors.centerIn: parent
            visible: page.log.count === 0
            text: qsTr("Nothing has happened yet.")
            color: Theme.textMuted
        }
    }
}

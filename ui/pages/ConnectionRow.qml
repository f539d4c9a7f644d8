// A connection in the list: what it is, how it is, and the one button it needs.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Controls

Basic.ItemDelegate {
    id: row

    required property int index
    required property string profileId
    required property string name
    required property string server
    required property string protocol
    required property string username
    required property string grade
    required property bool canConnect
    required property int daysLeft
    required property string state
    required property string stage
    required property bool selected
    signal chosen
    signal connectWanted
    signal disconnectWanted
    signal adviceWanted

    readonly property bool idle: state === "disconnected" || state === "failed"
    readonly property string protocolText: Words.protocolName(protocol)
    readonly property string gradeText: Words.gradeName(grade)
    // L2TP that the policy still allows.
    readonly property string allowanceText: daysLeft < 0 ? "" : qsTr("%n day(s) left", "", daysLeft)
    readonly property string stateText: state === "disconnected" ? "" : Words.stateName(state, stage)
    readonly property string detailText: Words.join([server, username], " · ")

    function act(): void {
        if (!canConnect)
            adviceWanted();
        else if (idle)
            connectWanted();
        else if (state !== "disconnecting")
            disconnectWanted();
    }

    objectName: "row:" + name
    implicitHeight: Math.max(60, content.implicitHeight + 2 * Theme.gapSmall)
    padding: 0
    focusPolicy: Qt.NoFocus
    onClicked: chosen()
    onDoubleClicked: act()

    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: Words.join([protocolText, gradeText, allowanceText, stateText, detailText], ", ")
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.onPressAction: chosen()

    background: Rectangle {
        color: row.selected ? Theme.selection : row.hovered ? Theme.surfaceHover : "transparent"

        Rectangle {
            width: 3
            height: parent.height
            visible: row.selected
            color: Theme.accent
        }
        Rectangle {
            anchors.fill: parent
            anchors.margins: 2
            visible: row.ListView.isCurrentItem && (row.ListView.view?.activeFocus ?? false)
            color: "transparent"
            radius: Theme.radiusSmall
            border.width: 2
            border.color: Theme.focus
        }
    }
    contentItem: null

    RowLayout {
        id: content

        anchors.fill: parent
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        StateMark {
            state: row.state
            refused: !row.canConnect
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            PlainLabel {
                Layout.fillWidth: true
                text: row.name
                font.weight: Font.Medium
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gapSmall

                Badge {
                    text: Words.join([row.protocolText, row.canConnect ? row.allowanceText : row.gradeText], " · ")
                    tone: Words.gradeTone(row.grade)
                    Accessible.ignored: true
                }
                PlainLabel {
                    Layout.fillWidth: true
                    text: row.stateText !== "" ? row.stateText : row.detailText
                    color: row.stateText !== "" ? Theme.toneColor(Words.stateTone(row.state)) : Theme.textMuted
                    font.pixelSize: Theme.textSmall
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
        ActionButton {
            objectName: "rowAction"
            implicitHeight: Theme.controlHeight - 4
            enabled: row.state !== "disconnecting"
            kind: row.canConnect ? ActionButton.Secondary : ActionButton.Quiet
            text: {
                if (!row.canConnect)
                    return qsTr("What can I do?");
                if (row.idle)
                    return qsTr("Connect");
                return row.state === "connecting" ? qsTr("Cancel") : qsTr("Disconnect");
            }
            spokenName: {
                if (!row.canConnect)
                    return qsTr("What can I do about %1?").arg(row.name);
                if (row.idle)
                    return qsTr("Connect %1").arg(row.name);
                return row.state === "connecting" ? qsTr("Cancel connecting %1").arg(row.name) : qsTr("Disconnect %1").arg(row.name);
            }
            onClicked: row.act()
        }
    }
}

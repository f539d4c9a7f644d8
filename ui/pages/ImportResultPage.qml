// What an import brought: how many, which of them use retired protocols, and what was left out and why.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ListView {
    id: page

    required property ImportReport report
    signal chosen(string profileId)
    signal done

    readonly property int margins: width < 560 ? Theme.gap : Theme.gapLarge
    readonly property int room: Math.min(720 * Theme.typeScale, width - 2 * margins)
    readonly property int inset: Math.max(margins, (width - room) / 2)

    objectName: "importPage"
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    model: report.profiles

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Imported connections")

    Basic.ScrollBar.vertical: ThinScrollBar {}

    header: ColumnLayout {
        x: page.inset
        width: page.room
        spacing: Theme.gap

        PlainLabel {
            Layout.fillWidth: true
            Layout.topMargin: page.margins
            objectName: "importSummary"
            text: page.report.added === 0 ? qsTr("Nothing new in “%1”").arg(page.report.fileName) : qsTr("%n connection(s) imported from “%1”", "", page.report.added).arg(page.report.fileName)
            font.pixelSize: Theme.textTitle
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        Banner {
            Layout.fillWidth: true
            objectName: "importRetired"
            visible: page.report.retired > 0
            tone: "danger"
            glyph: "shield-off"
            title: qsTr("%n of %1 use(s) a retired protocol", "", page.report.retired).arg(page.report.added)
            message: qsTr("PPTP and L2TP are not safe any more and are being switched off everywhere. Tern keeps these entries and helps you to replace them.")
        }
        Banner {
            Layout.fillWidth: true
            visible: page.report.retired === 0 && page.report.added > 0
            tone: "positive"
            title: qsTr("None of them uses a retired protocol.")
        }
        PlainLabel {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gapSmall
            visible: page.report.skipped > 0 || page.report.problems.length > 0
            text: page.report.skipped > 0 ? qsTr("%n left out", "", page.report.skipped) : qsTr("Worth knowing")
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Repeater {
            // A file of thousands of bad entries tells nobody more than its first ones do.
            model: Words.firstOf(page.report.problems, 50)

            Banner {
                required property var modelData

                Layout.fillWidth: true
                tone: "warning"
                title: {
                    const entry = modelData.entry ?? "";
                    const line = modelData.line ?? 0;
                    if (entry !== "" && line > 0)
                        return qsTr("“%1” (line %2)").arg(entry).arg(line);
                    if (line > 0)
                        return qsTr("Line %1").arg(line);
                    return entry !== "" ? entry : page.report.fileName;
                }
                message: modelData.sentence + " " + modelData.remedy
            }
        }
        PlainLabel {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gapSmall
            visible: page.report.added > 0
            text: qsTr("Imported")
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
    }
    delegate: Basic.ItemDelegate {
        id: entry

        required property var modelData

        x: page.inset
        width: page.room
        implicitHeight: Theme.controlHeight + Theme.gapSmall
        padding: 0
        onClicked: page.chosen(modelData.id)

        Accessible.role: Accessible.ListItem
        Accessible.name: modelData.name
        Accessible.onPressAction: clicked()

        contentItem: RowLayout {
            spacing: Theme.gap

            PlainLabel {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.gap
                text: entry.modelData.name
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Badge {
                text: Words.join([Words.protocolName(entry.modelData.protocol), Words.gradeName(entry.modelData.grade)], " · ")
                tone: Words.gradeTone(entry.modelData.grade)
            }
            Icon {
                Layout.rightMargin: Theme.gapSmall
                glyph: "chevron-right"
                size: Theme.iconSize - 4
                color: Theme.textMuted
            }
        }
        background: Rectangle {
            radius: Theme.radiusSmall
            color: entry.hovered || entry.visualFocus ? Theme.surfaceHover : "transparent"
        }
    }
    footer: Item {
        width: page.width
        height: doneButton.height + 2 * page.margins

        ActionButton {
            id: doneButton

            x: page.inset
            y: page.margins
            objectName: "importDone"
            kind: ActionButton.Primary
            text: qsTr("Show my connections")
            onClicked: page.done()
        }
    }
}

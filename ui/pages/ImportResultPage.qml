// What an import brought: how many, which of them use retired protocols, and what was left out and why.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ScrollPage {
    id: page

    required property ImportReport report
    signal chosen(string profileId)
    signal done
    signal migrateWanted

    // Nobody reads more here; the list beside has them all.
    readonly property int most: 60

    objectName: "importPage"

    PlainLabel {
        Layout.fillWidth: true
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

        ActionButton {
            objectName: "importMigrate"
            kind: ActionButton.Primary
            text: qsTr("Replace them now…")
            onClicked: page.migrateWanted()
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: page.report.retired === 0 && page.report.added > 0
        tone: "positive"
        title: qsTr("None of them uses a retired protocol.")
    }
    Banner {
        Layout.fillWidth: true
        objectName: "importSecrets"
        visible: page.report.secrets > 0
        tone: "warning"
        title: qsTr("“%1” still holds the passwords or keys of %n connection(s)", "", page.report.secrets).arg(page.report.fileName)
        message: qsTr("Tern has put them into your keyring. Whoever opens that file can read them: delete it, or keep it away from others.")
    }
    Banner {
        Layout.fillWidth: true
        objectName: "importLostSecrets"
        visible: page.report.lostSecrets > 0
        tone: "warning"
        title: qsTr("The passwords or keys of %n connection(s) could not be put into your keyring", "", page.report.lostSecrets)
        message: qsTr("Enter them when you connect. Whoever opens “%1” can read them: delete it, or keep it away from others.").arg(page.report.fileName)
    }
    // Above the list: the way on is in sight however much came in.
    ActionButton {
        objectName: "importDone"
        kind: page.report.retired > 0 ? ActionButton.Secondary : ActionButton.Primary
        text: page.report.added > 0 ? qsTr("Show my connections") : qsTr("Done")
        onClicked: page.done()
    }
    ImportProblems {
        Layout.fillWidth: true
        objectName: "importLeftOut"
        visible: page.report.skipped > 0
        heading: qsTr("%n left out", "", page.report.skipped)
        problems: Array.from(page.report.problems).filter(each => each.skipped)
        fileName: page.report.fileName
        most: page.most
    }
    ImportProblems {
        Layout.fillWidth: true
        objectName: "importNotes"
        visible: problems.length > 0
        heading: qsTr("Worth knowing")
        problems: Array.from(page.report.problems).filter(each => !each.skipped)
        fileName: page.report.fileName
        most: page.most
    }
    Card {
        Layout.fillWidth: true
        visible: page.report.added > 0
        heading: qsTr("Imported")
        spacing: 0

        Repeater {
            model: Words.firstOf(page.report.profiles, page.most)

            ImportedRow {
                Layout.fillWidth: true
                onClicked: page.chosen(modelData.id)
            }
        }
        PlainLabel {
            Layout.fillWidth: true
            visible: page.report.profiles.length > page.most
            text: qsTr("… and %n more in the list", "", page.report.profiles.length - page.most)
            color: Theme.textMuted
        }
    }
}

// The right side: one of the pages, under a bar with its title and, where one came from the list, the way back.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: pane

    required property string view
    required property bool narrow
    required property EngineClient engine
    required property Settings settings
    required property Shell shell
    required property ProfileDetails details
    signal backWanted
    signal adviceWanted
    signal editWanted
    signal removeWanted
    signal exportWanted
    signal certificateWanted
    signal probeWanted
    signal undoWanted
    signal migrateAllWanted(var profileIds)
    signal chosen(string profileId)

    spacing: 0

    PageBar {
        Layout.fillWidth: true
        visible: pane.narrow || pane.view !== "connection"
        title: {
            switch (pane.view) {
            case "import":
                return qsTr("Import");
            case "log":
                return qsTr("Log");
            case "settings":
                return qsTr("Settings");
            default:
                return qsTr("Connection");
            }
        }
        onBackWanted: pane.backWanted()
    }
    StackLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        currentIndex: Words.placeOf(pane.view, ["connection", "import", "log", "settings"])

        ConnectionPage {
            engine: pane.engine
            shell: pane.shell
            details: pane.details
            onAdviceWanted: pane.adviceWanted()
            onEditWanted: pane.editWanted()
            onRemoveWanted: pane.removeWanted()
            onExportWanted: pane.exportWanted()
            onCertificateWanted: pane.certificateWanted()
            onProbeWanted: pane.probeWanted()
            onUndoWanted: pane.undoWanted()
        }
        ImportResultPage {
            report: pane.engine.importReport
            onChosen: profileId => pane.chosen(profileId)
            onDone: pane.backWanted()
            onMigrateWanted: pane.migrateAllWanted(pane.engine.importReport.retiredIds)
        }
        LogPage {
            log: pane.engine.log
            shell: pane.shell
        }
        SettingsPage {
            settings: pane.settings
            shell: pane.shell
            engine: pane.engine
        }
    }
}

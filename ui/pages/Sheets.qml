// The dialogs of the window, and what opens them.
import QtQuick
import QtQuick.Dialogs
import Tern.Client
import Tern.Controls
import Tern.Dialogs

Item {
    id: sheets

    required property EngineClient engine
    required property Shell shell
    required property ProfileDetails details
    signal removed
    // This one is to be looked at now.
    signal shown(string profileId)

    function about(): void {
        aboutDialog.open();
    }
    function edit(): void {
        editDialog.open();
    }
    function chooseFile(): void {
        fileDialog.open();
    }
    function confirmRemove(profileId: string, name: string): void {
        removeDialog.profileId = profileId;
        removeDialog.title = qsTr("Remove “%1”?").arg(name);
        removeDialog.open();
    }
    function migrate(details: ProfileDetails): void {
        migrateDialog.queue = [];
        migrateDialog.show(details);
    }
    // One after the other, beginning with the first.
    function migrateAll(details: ProfileDetails, profileIds: list<string>): void {
        details.profileId = profileIds[0];
        migrateDialog.queue = profileIds.slice(1);
        migrateDialog.show(details);
    }
    function confirmUndo(profileId: string, name: string): void {
        undoDialog.profileId = profileId;
        undoDialog.title = qsTr("Bring the old settings of “%1” back?").arg(name);
        undoDialog.open();
    }

    function exportProfile(details: ProfileDetails): void {
        exportDialog.show(details);
    }

    function certificate(details: ProfileDetails): void {
        serverCertificateDialog.show(details);
    }
    function probe(details: ProfileDetails): void {
        probeDialog.ask(details);
    }

    Connections {
        target: sheets.engine

        function onPromptChanged(): void {
            if (sheets.engine.prompt.number !== "")
                promptDialog.ask(sheets.engine.prompt);
            else
                promptDialog.dismiss();
        }
        function onRequestFailed(title: string, error: errorText): void {
            errorDialog.tell(title, error);
        }
        function onMigrationUndone(profileId: string): void {
            sheets.shown(profileId);
        }
    }
    Connections {
        target: sheets.engine

        function onAcknowledgementWanted(profileId: string, name: string, until: string, daysLeft: int): void {
            acknowledgeDialog.profileId = profileId;
            acknowledgeDialog.name = name;
            acknowledgeDialog.until = until;
            acknowledgeDialog.open();
        }
    }
    Connections {
        target: sheets.shell

        function onImportRequested(file: url): void {
            importDialog.file = file;
            importDialog.open();
        }
    }

    PromptDialog {
        id: promptDialog

        engine: sheets.engine
    }
    MigrateDialog {
        id: migrateDialog

        engine: sheets.engine
        shell: sheets.shell
        onCertificateWanted: (profileId, name) => serverCertificateDialog.showFor(profileId, name)
        onFinished: profileId => {
            if (queue.length > 0)
                sheets.migrateAll(sheets.details, queue);
            else
                sheets.shown(profileId);
        }
    }
    ConfirmDialog {
        id: undoDialog

        property string profileId

        objectName: "undoDialog"
        glyph: "back"
        tone: "warning"
        question: qsTr("The settings in use now are removed, and those from before take their place. They are not safe any more; Tern can migrate them again at any time.")
        verb: qsTr("Bring them back")
        onConfirmed: sheets.engine.undoMigration(profileId)
    }
    ErrorDialog {
        id: errorDialog

        shell: sheets.shell
    }
    EditDialog {
        id: editDialog

        engine: sheets.engine
        details: sheets.details
    }
    ServerCertificateDialog {
        id: serverCertificateDialog

        engine: sheets.engine
        shell: sheets.shell
    }
    ProbeDialog {
        id: probeDialog

        engine: sheets.engine
    }
    ExportDialog {
        id: exportDialog

        engine: sheets.engine
    }
    AboutDialog {
        id: aboutDialog

        engine: sheets.engine
        shell: sheets.shell
    }
    ConfirmDialog {
        id: removeDialog

        property string profileId

        glyph: "trash"
        tone: "danger"
        dangerous: true
        question: qsTr("Its settings and its password are removed from this computer. The server and your phonebook file are not touched.")
        verb: qsTr("Remove")
        onConfirmed: {
            sheets.engine.remove(profileId);
            sheets.removed();
        }
    }
    ConfirmDialog {
        id: acknowledgeDialog

        property string profileId
        property string name
        property string until

        objectName: "acknowledgeDialog"
        glyph: "shield-off"
        tone: "danger"
        dangerous: true
        title: qsTr("“%1” is not safe").arg(name)
        question: qsTr("It uses L2TP, which current systems refuse. Where everybody has the same shared key, anybody who knows it can pretend to be your server. Your organisation allows it until %1, for want of something better.\n\nUse it only as long as you have to, and send nothing through it that is not protected otherwise.").arg(Words.dayName(until))
        verb: qsTr("I know, connect")
        onConfirmed: sheets.engine.connectAcknowledged(profileId)
    }
    ConfirmDialog {
        id: importDialog

        property url file

        readonly property string fileName: decodeURIComponent(String(file).replace(/^.*\//, ""))

        objectName: "importDialog"
        glyph: "file"
        tone: "info"
        title: qsTr("Import “%1”?").arg(fileName)
        question: qsTr("Tern reads the VPN connections in this file and adds them to yours. Only do this with a file you trust.")
        verb: qsTr("Import")
        onConfirmed: sheets.engine.importFile(file)
    }
    FileDialog {
        id: fileDialog

        title: qsTr("Choose a phonebook")
        nameFilters: [qsTr("VPN connections (*.pbk *.PBK *.nmconnection *.sswan *.mobileconfig *.xml *.zip *.cms *.conf *.ps1 *.json)"), qsTr("All files (*)")]
        onAccepted: sheets.engine.importFile(selectedFile)
    }
}

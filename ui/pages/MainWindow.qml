// The window: the list on the left, what is chosen on the right; one at a time where there is no room for both.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

Basic.ApplicationWindow {
    id: window

    required property EngineClient engine
    required property Settings settings
    required property Shell shell

    // "connection", "import", "log" or "settings"
    property string view: "connection"
    property bool contentInFront: false
    // The connection last asked for in the list.
    property string awaited
    readonly property bool narrow: width < 760
    readonly property bool bare: engine.ready && engine.available && engine.profiles.count === 0
    // What an import left out is told even where nothing came of it.
    readonly property bool empty: bare && (view === "connection" || !contentInFront)
    readonly property bool listShown: !bare && (!narrow || !contentInFront)
    readonly property bool contentShown: !empty && (bare || !narrow || contentInFront)

    title: "Tern"
    width: settings.windowWidth
    height: settings.windowHeight
    minimumWidth: 360
    minimumHeight: 400
    color: Theme.window
    palette.windowText: Theme.text
    palette.text: Theme.text

    function show(page: string): void {
        view = page;
        contentInFront = true;
    }
    function choose(profileId: string): void {
        details.profileId = profileId;
        show("connection");
    }
    function suggest(profileId: string): void {
        if (engine.profiles.count > 0 && !details.exists)
            details.profileId = profileId;
    }
    // What was looked at is gone. Where only one thing is seen at a time, nothing takes its place unasked.
    function leave(neighbour: string): void {
        if (narrow && contentInFront && view === "connection")
            back();
        details.profileId = neighbour;
    }
    function back(): void {
        if (view === "connection" || narrow)
            contentInFront = false;
        view = "connection";
        list.takeFocus();
    }
    function advise(profileId: string): void {
        details.profileId = profileId;
        sheets.migrate(details);
    }

    onClosing: close => {
        settings.keepSize(width, height);
        if (shell.hasTray && settings.closeToTray) {
            close.accepted = false;
            hide();
        } else {
            shell.quit();
        }
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.shell.dark
    }
    Binding {
        target: window.engine
        property: "watching"
        value: window.visible && window.visibility !== Window.Minimized
    }
    ProfileDetails {
        id: details

        engine: window.engine
    }
    Connections {
        target: window.engine

        function onImported(): void {
            window.show("import");
        }
        // Why it failed is on its page. What was not asked for here does not change what is looked at.
        function onFailed(profileId: string): void {
            if (profileId === window.awaited)
                window.choose(profileId);
        }
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.shell.quit()
    }
    Shortcut {
        sequence: "Ctrl+O"
        onActivated: sheets.chooseFile()
    }
    Shortcut {
        sequence: "Ctrl+F"
        onActivated: list.search()
    }
    Shortcut {
        sequences: ["Alt+Left", "Escape"]
        enabled: window.contentInFront && (window.narrow || window.view !== "connection")
        onActivated: window.back()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        ServiceBanner {
            Layout.fillWidth: true
            engine: window.engine
        }
        PolicyBanner {
            Layout.fillWidth: true
            engine: window.engine
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !window.empty
            spacing: 0

            ConnectionList {
                id: list

                Layout.fillWidth: window.narrow
                Layout.preferredWidth: Math.min(400 * Theme.typeScale, window.width * 0.45)
                Layout.fillHeight: true
                visible: window.listShown
                engine: window.engine
                selectedId: window.contentShown ? details.profileId : ""
                shownId: details.profileId
                onChosen: profileId => window.choose(profileId)
                onConnectWanted: profileId => {
                    if (!window.narrow)
                        window.choose(profileId);
                    window.awaited = profileId;
                    window.engine.connectProfile(profileId);
                }
                onAdviceWanted: profileId => window.advise(profileId)
                onImportWanted: sheets.chooseFile()
                onPageWanted: page => page === "about" ? sheets.about() : window.show(page)
                onQuitWanted: window.shell.quit()
                onShownGone: neighbour => window.leave(neighbour)
                // Later: what was chosen may be in the list only now.
                onSuggested: profileId => Qt.callLater(window.suggest, profileId)
            }
            Rectangle {
                Layout.fillHeight: true
                implicitWidth: 1
                visible: window.listShown && window.contentShown
                color: Theme.outline
            }
            ContentPane {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: window.contentShown
                view: window.view
                narrow: window.narrow
                engine: window.engine
                settings: window.settings
                shell: window.shell
                details: details
                onBackWanted: window.back()
                onAdviceWanted: window.advise(details.profileId)
                onEditWanted: sheets.edit()
                onRemoveWanted: sheets.confirmRemove(details.profileId, details.name)
                onCertificateWanted: sheets.certificate(details)
                onProbeWanted: sheets.probe(details)
                onUndoWanted: sheets.confirmUndo(details.profileId, details.name)
                onMigrateAllWanted: profileIds => sheets.migrateAll(details, profileIds)
                onExportWanted: sheets.exportProfile(details)
                onChosen: profileId => window.choose(profileId)
            }
        }
        FirstRunPage {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: window.empty
            engine: window.engine
            onImportWanted: sheets.chooseFile()
            onSettingsWanted: sheets.about()
        }
    }
    DropSheet {
        anchors.fill: parent
        onFileDropped: file => window.engine.importFile(file)
    }
    Sheets {
        id: sheets

        engine: window.engine
        shell: window.shell
        details: details
        onRemoved: window.contentInFront = false
        onShown: profileId => window.choose(profileId)
    }
}

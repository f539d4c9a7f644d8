// The connections, grouped by whether they can be used, with a search box when there are many.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

Rectangle {
    id: page

    required property EngineClient engine
    required property string selectedId
    // What is looked at, or would be where there is room.
    property string shownId
    signal chosen(string profileId)
    signal adviceWanted(string profileId)
    signal connectWanted(string profileId)
    signal importWanted
    signal pageWanted(string page)
    signal quitWanted
    // What to show before anything is chosen.
    signal suggested(string profileId)
    // What was looked at has been removed; its neighbour, or "".
    signal shownGone(string neighbour)

    color: Theme.surface

    function takeFocus(): void {
        view.forceActiveFocus();
    }
    function search(): void {
        if (searchField.visible)
            searchField.forceActiveFocus();
    }

    SectionStyle {
        id: sections
    }
    ProfileFilter {
        id: filter

        profiles: page.engine.profiles
        search: searchField.text.trim()
        current: page.shownId
        onCountChanged: {
            if (count > 0)
                page.suggested(idAt(0));
        }
        onCurrentGone: neighbour => page.shownGone(neighbour)
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.gapSmall
            Layout.leftMargin: Theme.gap
            spacing: Theme.gapTiny

            SearchField {
                id: searchField

                Layout.fillWidth: true
                objectName: "search"
                visible: page.engine.profiles.count > 5
                name: qsTr("Search %n connection(s)", "", page.engine.profiles.count)
                Keys.onDownPressed: page.takeFocus()
                onAccepted: page.takeFocus()
            }
            PlainLabel {
                Layout.fillWidth: true
                visible: !searchField.visible
                text: qsTr("Connections")
                font.pixelSize: Theme.textLarge
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            IconButton {
                objectName: "importButton"
                glyph: "import"
                name: qsTr("Import a phonebook")
                onClicked: page.importWanted()
            }
            IconButton {
                id: menuButton

                objectName: "menuButton"
                glyph: "menu"
                name: qsTr("Menu")
                onClicked: menu.popup(menuButton, 0, menuButton.height)
                Accessible.role: Accessible.ButtonMenu
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.outline
        }
        ListView {
            id: view

            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: "connections"
            clip: true
            model: filter
            reuseItems: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            currentIndex: -1

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Connections")

            Basic.ScrollBar.vertical: ThinScrollBar {}

            section.property: "group"
            section.delegate: sections.heading
            delegate: ConnectionRow {
                width: ListView.view ? ListView.view.width : 0
                selected: profileId === page.selectedId
                onChosen: {
                    view.currentIndex = index;
                    page.chosen(profileId);
                }
                onConnectWanted: page.connectWanted(profileId)
                onDisconnectWanted: page.engine.disconnectProfile(profileId)
                onAdviceWanted: page.adviceWanted(profileId)
            }
            Keys.onReturnPressed: (currentItem as ConnectionRow)?.act()
            Keys.onEnterPressed: (currentItem as ConnectionRow)?.act()
            Keys.onSpacePressed: (currentItem as ConnectionRow)?.chosen()

            ColumnLayout {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.gapLarge
                visible: filter.count === 0 && page.engine.ready && page.engine.available
                spacing: Theme.gap

                PlainLabel {
                    Layout.fillWidth: true
                    text: qsTr("Nothing matches “%1”").arg(searchField.text.trim())
                    color: Theme.textMuted
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                }
                ActionButton {
                    Layout.alignment: Qt.AlignHCenter
                    text: qsTr("Show all")
                    onClicked: searchField.clearText()
                }
            }
            Spinner {
                anchors.centerIn: parent
                visible: !page.engine.ready
                size: 32
            }
        }
    }
    PopupMenu {
        id: menu

        PopupMenuEntry {
            objectName: "menuImport"
            glyph: "import"
            text: qsTr("Import a phonebook…")
            onTriggered: page.importWanted()
        }
        PopupMenuEntry {
            objectName: "menuLog"
            glyph: "log"
            text: qsTr("Log")
            onTriggered: page.pageWanted("log")
        }
        PopupMenuEntry {
            objectName: "menuSettings"
            glyph: "settings"
            text: qsTr("Settings")
            onTriggered: page.pageWanted("settings")
        }
        PopupMenuEntry {
            objectName: "menuAbout"
            glyph: "info"
            text: qsTr("About Tern")
            onTriggered: page.pageWanted("about")
        }
        PopupMenuEntry {
            objectName: "menuQuit"
            glyph: "power"
            text: qsTr("Quit")
            onTriggered: page.quitWanted()
        }
    }
}

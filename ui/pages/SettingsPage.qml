// The few things about the window that are a matter of taste.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ScrollPage {
    id: page

    required property Settings settings
    required property Shell shell
    required property EngineClient engine

    objectName: "settingsPage"
    widest: 560

    Card {
        Layout.fillWidth: true
        heading: qsTr("Appearance")

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            PlainLabel {
                Layout.fillWidth: true
                text: qsTr("Language")
                wrapMode: Text.Wrap
            }
            ChoiceField {
                objectName: "languageChoice"
                name: qsTr("Language")
                model: [
                    {
                        "text": qsTr("Like the desktop"),
                        "value": ""
                    },
                    {
                        "text": "English",
                        "value": "en"
                    },
                    {
                        "text": "简体中文",
                        "value": "zh_CN"
                    }
                ]
                currentIndex: Words.placeOf(page.settings.language, ["", "en", "zh_CN"])
                onActivated: page.settings.language = currentValue
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            PlainLabel {
                Layout.fillWidth: true
                text: qsTr("Colours")
                wrapMode: Text.Wrap
            }
            ChoiceField {
                objectName: "themeChoice"
                name: qsTr("Colours")
                model: [
                    {
                        "text": qsTr("Like the desktop"),
                        "value": "system"
                    },
                    {
                        "text": qsTr("Light"),
                        "value": "light"
                    },
                    {
                        "text": qsTr("Dark"),
                        "value": "dark"
                    }
                ]
                currentIndex: Words.placeOf(page.settings.theme, ["system", "light", "dark"])
                onActivated: page.settings.theme = currentValue
            }
        }
    }
    Card {
        Layout.fillWidth: true
        heading: qsTr("Window")

        ToggleSwitch {
            Layout.fillWidth: true
            objectName: "closeToTray"
            text: qsTr("Keep Tern in the tray when the window is closed")
            hint: page.shell.hasTray ? qsTr("Your connection stays up either way.") : qsTr("This desktop shows no tray, so closing the window ends it. Your connection stays up.")
            enabled: page.shell.hasTray
            checked: page.settings.closeToTray && page.shell.hasTray
            onToggled: page.settings.closeToTray = checked
        }
    }
    Card {
        Layout.fillWidth: true
        heading: qsTr("This computer")
        spacing: Theme.gapSmall

        FactRow {
            label: qsTr("Keyring")
            value: page.engine.keyring ? qsTr("Found: passwords can be remembered") : qsTr("None: passwords are asked each time")
        }
        FactRow {
            label: qsTr("Network helper")
            value: page.engine.helper ? qsTr("Running") : qsTr("Starts when it is needed")
        }
        FactRow {
            label: qsTr("Version")
            value: page.shell.version
        }
    }
}

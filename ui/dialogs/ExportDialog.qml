// A connection as a file for another program: for whom, in plain words; then where to; then what was left out.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    property string profileId
    property string profileName
    property string format: "pbk"

    readonly property bool saved: file.savedAs !== ""
    readonly property list<var> formats: [
        {
            "value": "pbk",
            "text": qsTr("Windows phonebook (.pbk)"),
            "explanation": qsTr("For another Windows computer, or to keep. An imported entry comes back whole.")
        },
        {
            "value": "powershell",
            "text": qsTr("Script for Windows (PowerShell)"),
            "explanation": qsTr("Makes the connection on Windows 10 or later when it is run.")
        },
        {
            "value": "mobileconfig",
            "text": qsTr("iPhone, iPad, Mac (.mobileconfig)"),
            "explanation": qsTr("A configuration profile; opened on the device, it adds the connection.")
        },
        {
            "value": "sswan",
            "text": qsTr("Android with strongSwan (.sswan)"),
            "explanation": qsTr("For the strongSwan VPN Client app.")
        },
        {
            "value": "networkmanager",
            "text": qsTr("Linux without Tern (NetworkManager)"),
            "explanation": qsTr("For the network settings of the desktop, with the strongSwan or SSTP plug-in.")
        },
        {
            "value": "profilexml",
            "text": qsTr("Managed Windows (ProfileXML)"),
            "explanation": qsTr("For administrators: Intune and other device management.")
        }
    ]

    objectName: "exportDialog"
    glyph: "export"
    wanted: 600
    title: qsTr("Export “%1”").arg(profileName)

    function show(details: ProfileDetails): void {
        profileId = details.profileId;
        profileName = details.name;
        format = "pbk";
        file.clear();
        open();
    }
    onOpened: first.forceActiveFocus()

    ProfileExport {
        id: file

        engine: dialog.engine
        onPrepared: proposed => {
            saveDialog.currentFile = proposed;
            saveDialog.open();
        }
    }
    FileDialog {
        id: saveDialog

        title: qsTr("Save the connection")
        fileMode: FileDialog.SaveFile
        acceptLabel: qsTr("Save")
        onAccepted: file.save(selectedFile)
    }

    PlainLabel {
        Layout.fillWidth: true
        visible: !dialog.saved
        text: qsTr("Which program or device is the file for? Passwords are never in it.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    // A Column: Qt 6.4's layouts keep what a Repeater takes away, and set wrongly what was hidden.
    Column {
        id: choices

        Layout.fillWidth: true
        visible: !dialog.saved

        // Above the choices: below them it would be out of sight in a small window.
        Repeater {
            model: file.error.code !== "" ? 1 : 0

            delegate: Item {
                width: choices.width
                height: trouble.implicitHeight + Theme.gap

                Banner {
                    id: trouble

                    objectName: "exportError"
                    width: parent.width
                    height: implicitHeight
                    tone: "danger"
                    title: file.error.sentence
                    message: file.error.remedy
                }
            }
        }
        Repeater {
            model: dialog.formats

            delegate: OptionRow {
                required property var modelData

                objectName: "export-" + modelData.value
                width: choices.width
                text: modelData.text
                explanation: modelData.explanation
                checked: dialog.format === modelData.value
                onChosen: {
                    dialog.format = modelData.value;
                    file.clear();
                }
            }
        }
    }
    Banner {
        Layout.fillWidth: true
        objectName: "exportSaved"
        visible: dialog.saved
        tone: "positive"
        title: qsTr("Saved as “%1”").arg(file.savedAs)
        message: qsTr("The password is not in the file: it is asked for where the file is used.")
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.saved && file.notes.length > 0
        text: qsTr("What is not in the file:")
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
    }
    Repeater {
        model: dialog.saved ? file.notes : []

        delegate: PlainLabel {
            required property string modelData

            Layout.fillWidth: true
            objectName: "exportNote"
            text: "•  " + modelData
            wrapMode: Text.Wrap
        }
    }

    actions: [
        ActionButton {
            id: first

            objectName: "exportSave"
            kind: ActionButton.Primary
            glyph: dialog.saved ? "" : "export"
            text: dialog.saved ? qsTr("Done") : qsTr("Save…")
            onClicked: dialog.saved ? dialog.close() : file.prepare(dialog.profileId, dialog.format)
        },
        ActionButton {
            objectName: "exportCancel"
            visible: !dialog.saved
            text: qsTr("Cancel")
            onClicked: dialog.close()
        }
    ]
}

// The first step: why, and that the server is asked now.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: step

    required property MigrationView view
    required property ProbeView probe
    required property Shell shell
    // {code, severity, sentence, remedy}
    required property list<var> findings
    required property errorText refusal

    readonly property var plan: view.plan

    spacing: Theme.gap

    Banner {
        Layout.fillWidth: true
        objectName: "migrateRefusal"
        visible: step.refusal.code.startsWith("tern.policy.")
        tone: "danger"
        title: step.refusal.sentence
        message: step.refusal.remedy
    }

    // No layout: those of Qt 6.4 keep what a Repeater takes from them while they are hidden.
    Column {
        id: reasons

        Layout.fillWidth: true
        visible: step.findings.length > 0
        spacing: Theme.gapSmall

        Repeater {
            model: Words.firstOf(step.findings, 2)

            Banner {
                required property var modelData

                width: reasons.width
                tone: modelData.severity === "note" ? "info" : Words.gradeTone(modelData.severity)
                glyph: tone === "danger" ? "shield-off" : tone === "warning" ? "warning" : "info"
                title: modelData.sentence
            }
        }
    }
    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("Tern can find out whether your server also offers a safe way, try it, and switch over. Nothing is changed before it works, and your old settings can be brought back.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    LineField {
        Layout.fillWidth: true
        objectName: "migrateServer"
        label: qsTr("Server")
        hint: qsTr("The check takes up to five seconds. It sends no password and no user name.")
        text: step.plan.server ?? ""
        onEdited: step.view.setAnswer("server", text.trim())
    }
    OfferPicture {
        Layout.fillWidth: true
        objectName: "migratePicture"
        visible: step.probe.running
        host: step.probe.host
        roads: step.probe.roads
    }
    RowLayout {
        Layout.fillWidth: true
        visible: step.probe.running
        spacing: Theme.gap

        Spinner {
            size: Theme.iconSize + 6
        }
        PlainLabel {
            Layout.fillWidth: true
            text: qsTr("Asking the server what it offers…")
            wrapMode: Text.Wrap
        }
    }
    ErrorPanel {
        Layout.fillWidth: true
        objectName: "migrateCheckError"
        visible: !step.probe.running && error.sentence !== ""
        shell: step.shell
        error: step.probe.error.sentence !== "" ? step.probe.error : step.view.error
    }
}

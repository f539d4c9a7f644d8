// It worked.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: step

    required property MigrationView view
    required property Shell shell

    readonly property var plan: view.plan
    readonly property string protocol: plan.protocol === "automatic" ? qsTr("IKEv2 or SSTP") : Words.protocolName(plan.protocol ?? "")

    spacing: Theme.gap

    Banner {
        Layout.fillWidth: true
        objectName: "migrateDone"
        tone: "positive"
        title: qsTr("The new settings work, and you are connected with them.")
        message: Words.fill(qsTr("From now on “%1” connects by %2. You find it in the list where the old one was."), [step.plan.name ?? "", step.protocol])
    }
    Banner {
        Layout.fillWidth: true
        objectName: "migrateStillWeak"
        visible: (step.plan["grade-after"] ?? "good") !== "good"
        tone: "warning"
        title: qsTr("It is better than before, but not good yet.")
        message: qsTr("The server has nothing better to offer. Its administrator can mend that; a letter that says how is ready to be sent.")
    }
    ErrorPanel {
        Layout.fillWidth: true
        visible: error.sentence !== ""
        shell: step.shell
        error: step.view.error
    }
    PlainLabel {
        Layout.fillWidth: true
        text: qsTr("The old settings are kept out of sight. You can bring them back here, or later on the connection's page.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
}

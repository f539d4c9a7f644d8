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

    spacing: Theme.gap

    Banner {
        Layout.fillWidth: true
        objectName: "migrateDone"
        tone: "positive"
        title: qsTr("The new settings work, and you are connected with them.")
        message: qsTr("From now on “%1” connects by %2. You find it in the list where the old one was.").arg(step.plan.name ?? "").arg(Words.protocolName(step.plan.protocol ?? ""))
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

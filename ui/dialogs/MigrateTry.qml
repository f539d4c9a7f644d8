// The trial connection: what is going on, or why it did not work.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: step

    required property MigrationView view
    required property Shell shell
    signal certificateWanted

    spacing: Theme.gap

    RowLayout {
        Layout.fillWidth: true
        visible: step.view.trying
        spacing: Theme.gap

        Spinner {
            size: Theme.iconSize + 6
        }
        PlainLabel {
            Layout.fillWidth: true
            objectName: "migrateStage"
            text: Words.stageName(step.view.stage)
            font.weight: Font.Medium
            wrapMode: Text.Wrap
        }
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: step.view.trying
        text: qsTr("Tern connects with the new settings. You may be asked for your password, the same as before. If it does not work, everything stays as it is.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    ErrorPanel {
        Layout.fillWidth: true
        objectName: "migrateTryError"
        visible: !step.view.trying && error.sentence !== ""
        shell: step.shell
        error: step.view.error
        hasCertificate: step.view.hasCertificate
        onCertificateWanted: step.certificateWanted()
    }
    PlainLabel {
        Layout.fillWidth: true
        objectName: "migrateAsBefore"
        visible: !step.view.trying && step.view.error.sentence !== ""
        text: qsTr("Nothing was changed: your connection is as it was before. Try again, go back to change the plan, or write to the administrator.")
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
}

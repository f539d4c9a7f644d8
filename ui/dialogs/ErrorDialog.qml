// Something the user asked for did not work.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property Shell shell
    property errorText error

    objectName: "errorDialog"
    glyph: "error"
    tone: "danger"
    wanted: 500

    function tell(what: string, problem: errorText): void {
        title = what;
        error = problem;
        panel.open = false;
        open();
    }
    onOpened: closeButton.forceActiveFocus()

    ErrorPanel {
        id: panel

        Layout.fillWidth: true
        shell: dialog.shell
        error: dialog.error
    }

    actions: ActionButton {
        id: closeButton

        objectName: "errorClose"
        kind: ActionButton.Primary
        text: qsTr("Close")
        onClicked: dialog.close()
    }
}

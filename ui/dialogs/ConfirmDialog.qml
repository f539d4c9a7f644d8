// A question with a verb for an answer.
import QtQuick
import QtQuick.Layouts
import Tern.Controls

DialogFrame {
    id: dialog

    property string question
    property string verb
    property bool dangerous: false
    signal confirmed

    objectName: "confirmDialog"
    onOpened: dangerous ? no.forceActiveFocus() : yes.forceActiveFocus()

    PlainLabel {
        Layout.fillWidth: true
        text: dialog.question
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }

    actions: [
        ActionButton {
            id: yes

            objectName: "confirmYes"
            kind: dialog.dangerous ? ActionButton.Danger : ActionButton.Primary
            text: dialog.verb
            onClicked: {
                dialog.close();
                dialog.confirmed();
            }
        },
        ActionButton {
            id: no

            objectName: "confirmNo"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        }
    ]
}

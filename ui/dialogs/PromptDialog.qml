// A question of the engine's: password, user name and password, shared key, a one-time code or whatever else the server
// asks for, a new password in place of an expired one, or a message of the server's to confirm.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    property promptInfo asked
    property bool answered: false

    readonly property bool ofProxy: asked.kind === "proxy"
    readonly property bool asksName: asked.kind === "credentials" || ofProxy
    readonly property bool asksSecret: asked.kind !== "message"
    readonly property bool asksForKey: asked.kind === "pass-phrase" || asked.kind === "pin"
    readonly property bool asksSharedKey: asked.kind === "psk" || asked.kind === "ppk"
    readonly property bool asksCode: asked.kind === "code"
    readonly property bool asksNew: asked.kind === "new-password"
    readonly property string secretName: {
        switch (asked.kind) {
        case "psk":
            return qsTr("Shared key");
        case "ppk":
            return qsTr("Post-quantum pre-shared key (PPK)");
        case "pass-phrase":
            return qsTr("Pass phrase");
        case "pin":
            return qsTr("PIN");
        case "code":
            return qsTr("Code or answer");
        case "new-password":
            return qsTr("New password");
        default:
            return qsTr("Password");
        }
    }
    readonly property string refusal: {
        switch (asked.kind) {
        case "psk":
        case "ppk":
            return qsTr("The server did not accept that key.");
        case "pass-phrase":
            return qsTr("That pass phrase does not open the key file.");
        case "pin":
            return qsTr("That PIN is wrong.");
        case "code":
            return qsTr("The server did not accept that code.");
        case "new-password":
            return qsTr("The server did not accept that new password.");
        case "proxy":
            return qsTr("The proxy did not accept that user name or password.");
        default:
            return qsTr("The server did not accept that user name or password.");
        }
    }
    readonly property bool complete: {
        if (!asksSecret)
            return true;
        if (secret.text === "" || (asksName && username.text.trim() === ""))
            return false;
        return !asksNew || secret.text === repeated.text;
    }

    objectName: "promptDialog"
    glyph: asksSecret ? "key" : "info"
    tone: asked.again ? "danger" : "info"
    title: {
        if (asksNew)
            return qsTr("Choose a new password for “%1”").arg(asked.name);
        if (ofProxy)
            return qsTr("Sign in to the proxy for “%1”").arg(asked.name);
        return asksSecret ? qsTr("Sign in to “%1”").arg(asked.name) : asked.name;
    }

    function ask(prompt: promptInfo): void {
        asked = prompt;
        answered = false;
        username.text = prompt.username;
        secret.clear();
        repeated.clear();
        remember.checked = false;
        open();
    }
    function accept(): void {
        answered = true;
        engine.answer(asked, username.text, secret.text, remember.checked && remember.enabled);
        secret.clear();
        repeated.clear();
        close();
    }

    // The question was answered elsewhere, or is no longer asked.
    function dismiss(): void {
        answered = true;
        close();
    }

    onOpened: {
        if (asksName && username.text === "")
            username.input.forceActiveFocus();
        else if (asksSecret)
            secret.input.forceActiveFocus();
    }
    onClosed: {
        secret.clear();
        repeated.clear();
        if (!answered)
            engine.cancelPrompt(asked);
    }

    Banner {
        Layout.fillWidth: true
        visible: dialog.asked.again
        tone: "danger"
        title: dialog.refusal
        message: dialog.asksNew ? qsTr("Choose a longer one that you have not used before.") : qsTr("Check it and type it again. Mind capital letters and the keyboard layout.")
    }
    PlainLabel {
        Layout.fillWidth: true
        objectName: "promptProxy"
        visible: dialog.ofProxy
        text: qsTr("The proxy %1 on the way to the server wants to know who you are. Often it is the name and the password you log in with at work.").arg(dialog.asked.server)
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    Banner {
        Layout.fillWidth: true
        visible: dialog.asksNew && !dialog.asked.again
        tone: "warning"
        title: qsTr("Your password has expired.")
        message: qsTr("It was right, but the server wants a new one before it lets you in.")
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.asksCode
        text: dialog.asked.message === "" ? qsTr("The server wants one more answer, such as a code from your phone or token.") : qsTr("The server asks:")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }
    Banner {
        Layout.fillWidth: true
        visible: dialog.asked.lastTry
        tone: "warning"
        title: qsTr("This is the last try.")
        message: qsTr("Another wrong PIN locks the token. Ask your administrator if you are not sure of it.")
    }
    FactRow {
        label: dialog.asked.kind === "pin" ? qsTr("Token") : qsTr("Key file")
        value: dialog.asksForKey ? dialog.asked.message : ""
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: dialog.asked.message !== "" && !dialog.asksForKey
        text: dialog.asked.message
        wrapMode: Text.Wrap
    }
    FactRow {
        label: qsTr("Server")
        value: dialog.ofProxy ? "" : dialog.asked.server // the sentence above has the proxy's address
    }
    FactRow {
        label: qsTr("User name")
        value: dialog.asksName ? "" : dialog.asked.username
    }
    LineField {
        id: username

        Layout.fillWidth: true
        objectName: "promptUsername"
        visible: dialog.asksName
        label: qsTr("User name")
        onAccepted: secret.input.forceActiveFocus()
    }
    PasswordField {
        id: secret

        Layout.fillWidth: true
        objectName: "promptSecret"
        visible: dialog.asksSecret
        label: dialog.secretName
        onAccepted: {
            if (dialog.asksNew)
                repeated.input.forceActiveFocus();
            else if (go.enabled)
                dialog.accept();
        }
    }
    PasswordField {
        id: repeated

        Layout.fillWidth: true
        objectName: "promptRepeated"
        visible: dialog.asksNew
        label: qsTr("New password, once more")
        problem: text !== "" && text !== secret.text ? qsTr("The two are not the same.") : ""
        onAccepted: {
            if (go.enabled)
                dialog.accept();
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: dialog.asksSecret && dialog.asked.kind !== "pin" && !dialog.asksCode
        spacing: 2

        CheckOption {
            id: remember

            Layout.fillWidth: true
            objectName: "promptRemember"
            enabled: dialog.asked.canRemember
            text: dialog.asksSharedKey ? qsTr("Remember this key") : dialog.asked.kind === "pass-phrase" ? qsTr("Remember this pass phrase") : qsTr("Remember this password")
            Accessible.description: explanation.text
        }
        PlainLabel {
            id: explanation

            Layout.fillWidth: true
            Layout.leftMargin: 20 + Theme.gapSmall
            text: dialog.asked.canRemember ? qsTr("It is kept in your keyring, locked with your login.") : qsTr("This computer has no keyring to keep it safe, so Tern asks each time.")
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
    }

    actions: [
        ActionButton {
            id: go

            objectName: "promptAccept"
            kind: ActionButton.Primary
            text: dialog.asksNew ? qsTr("Change password") : dialog.asksSecret ? qsTr("Sign in") : qsTr("Continue")
            enabled: dialog.complete
            onClicked: dialog.accept()
        },
        ActionButton {
            objectName: "promptCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        }
    ]
}

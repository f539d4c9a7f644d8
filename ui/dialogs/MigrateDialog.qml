// From a connection that is not safe any more to one that is: Check, Plan, Try, Done, with a way back at every step, and
// a letter to the administrator where the server is not ready.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

DialogFrame {
    id: dialog

    required property EngineClient engine
    required property Shell shell
    // "check", "plan", "try", "done" or "letter"
    property string step: "check"
    property string profileName
    property string protocol
    property list<var> findings
    // By the policy of this computer; empty where it is another reason.
    property errorText refusal
    // The others that wait for the same.
    property list<string> queue
    signal certificateWanted(string profileId, string name)
    signal finished(string profileId)

    // Where the letter was asked for.
    property string letterFrom: "plan"
    readonly property var plan: view.plan
    readonly property string verdict: plan.verdict ?? ""
    readonly property bool canTry: verdict === "ready"
    readonly property bool checkFailed: !probe.running && (probe.error.sentence !== "" || view.error.sentence !== "")
    readonly property bool hopeless: Array.of("not-ready", "silent", "forbidden").includes(verdict)
    readonly property bool legacy: Words.isRetired(protocol)
    // What the new settings are: not good where the server has nothing better.
    readonly property bool good: plan["grade-after"] === "good"

    objectName: "migrateDialog"
    glyph: step === "done" && good ? "shield" : "shield-off"
    tone: step === "done" ? (good ? "positive" : "warning") : legacy ? "danger" : "warning"
    wanted: 600
    title: {
        if (step === "letter")
            return qsTr("A letter to the administrator");
        if (step === "done")
            return good ? qsTr("“%1” is safe now").arg(profileName) : qsTr("“%1” is safer now").arg(profileName);
        return legacy ? Words.fill(qsTr("“%1” uses %2, which is not safe any more"), [profileName, Words.protocolName(protocol)]) : qsTr("Make “%1” safer").arg(profileName);
    }

    function show(details: ProfileDetails): void {
        profileName = details.name;
        protocol = details.protocol;
        findings = details.findings;
        refusal = details.refusal;
        planStep.open = false;
        fileProblem.visible = false;
        probe.clear();
        view.begin(details.profileId);
        go("check");
        open();
    }
    function go(where: string): void {
        step = where;
        focusTimer.restart();
    }
    function back(): void {
        switch (step) {
        case "plan":
            go("check");
            break;
        case "try":
            if (view.trying)
                view.cancel();
            go("plan");
            break;
        case "letter":
            go(letterFrom);
            break;
        }
    }
    function write(): void {
        letterFrom = step;
        view.writeLetter();
        go("letter");
    }
    function tryOut(): void {
        view.tryOut();
        go("try");
    }
    // The button that leads on, or whatever there is: so that Return and Tab go on from where one is.
    function takeFocus(): void {
        if (step === "letter") {
            letterStep.takeFocus();
            return;
        }
        for (const button of [next, letterButton, closeButton]) {
            if (button.visible && button.enabled) {
                button.forceActiveFocus();
                return;
            }
        }
    }

    function check(): void {
        probe.start(plan.server ?? "", view.profileId);
    }

    onClosed: {
        probe.clear();
        if (view.trying)
            view.cancel();
    }

    Timer {
        id: focusTimer

        interval: 0
        onTriggered: dialog.takeFocus()
    }
    MigrationView {
        id: view

        engine: dialog.engine
        onPlanned: {
            if (dialog.step === "check" && error.sentence === "")
                dialog.go("plan");
        }
        onStateChanged: {
            if (done && dialog.step === "try")
                dialog.go("done");
            else if (!trying && dialog.opened && dialog.step !== "plan")
                focusTimer.restart();
        }
        onUndone: profileId => {
            dialog.close();
            dialog.finished(profileId);
        }
        onFileFailed: (title, reason) => {
            fileProblem.title = title;
            fileProblem.message = reason;
            fileProblem.visible = true;
        }
    }

    ProbeView {
        id: probe

        engine: dialog.engine
        onChanged: {
            if (!running && done && dialog.opened)
                view.refresh();
            else if (!running && dialog.opened)
                focusTimer.restart();
        }
    }

    StepTrail {
        Layout.fillWidth: true
        visible: dialog.step !== "letter"
        steps: [qsTr("Check"), qsTr("Plan"), qsTr("Try"), qsTr("Done")]
        current: Words.placeOf(dialog.step, ["check", "plan", "try", "done"])
    }
    Banner {
        id: fileProblem

        Layout.fillWidth: true
        visible: false
        tone: "danger"
        title: ""
    }
    // No layout: nested ones that come and go make those of Qt 6.4 give up ("polish loop").
    Column {
        id: steps

        Layout.fillWidth: true

        MigrateCheck {
            width: steps.width
            visible: dialog.step === "check"
            view: view
            probe: probe
            shell: dialog.shell
            findings: dialog.findings
            refusal: dialog.refusal
        }
        MigratePlan {
            id: planStep

            width: steps.width
            visible: dialog.step === "plan"
            view: view
            probe: probe
        }
        MigrateTry {
            width: steps.width
            visible: dialog.step === "try"
            view: view
            shell: dialog.shell
            onCertificateWanted: dialog.certificateWanted(view.newId, dialog.profileName)
        }
        MigrateDone {
            width: steps.width
            visible: dialog.step === "done"
            view: view
            shell: dialog.shell
        }
        MigrateLetter {
            id: letterStep

            width: steps.width
            visible: dialog.step === "letter"
            view: view
            shell: dialog.shell
        }
    }

    actions: [
        ActionButton {
            id: next

            objectName: "migrateNext"
            kind: ActionButton.Primary
            visible: {
                switch (dialog.step) {
                case "check":
                    return !probe.running;
                case "plan":
                    return !dialog.hopeless || dialog.verdict === "silent";
                case "try":
                    return !view.trying && !view.done;
                case "done":
                    return true;
                default:
                    return false;
                }
            }
            enabled: dialog.step !== "plan" || dialog.canTry || dialog.verdict === "silent"
            text: {
                if (dialog.step === "check")
                    return qsTr("Check the server");
                if (dialog.step === "plan")
                    return dialog.verdict === "silent" ? qsTr("Check again") : qsTr("Try it");
                if (dialog.step === "done")
                    return dialog.queue.length > 0 ? qsTr("Next connection (%n left)", "", dialog.queue.length) : qsTr("Close");
                return qsTr("Try again");
            }
            onClicked: {
                if (dialog.step === "check") {
                    dialog.check();
                } else if (dialog.step === "plan" && dialog.verdict === "silent") {
                    dialog.go("check");
                    dialog.check();
                } else if (dialog.step === "done") {
                    dialog.close();
                    dialog.finished(view.newId);
                } else {
                    dialog.tryOut();
                }
            }
        },
        ActionButton {
            id: letterButton

            objectName: "migrateLetter"
            kind: dialog.step === "plan" && dialog.hopeless && dialog.verdict !== "silent" ? ActionButton.Primary : ActionButton.Secondary
            visible: dialog.step === "plan" || (dialog.step === "try" && !view.trying) || (dialog.step === "check" && dialog.checkFailed) || (dialog.step === "done" && !dialog.good)
            glyph: "edit"
            text: qsTr("Write to the administrator…")
            onClicked: dialog.write()
        },
        ActionButton {
            objectName: "migrateSkip"
            visible: dialog.step === "check" && dialog.checkFailed
            text: qsTr("Go on without the check")
            onClicked: dialog.go("plan")
        },
        ActionButton {
            objectName: "migrateBack"
            visible: dialog.step === "plan" || dialog.step === "try" || dialog.step === "letter"
            glyph: "back"
            text: dialog.step === "try" && view.trying ? qsTr("Cancel the trial") : qsTr("Back")
            onClicked: dialog.back()
        },
        ActionButton {
            objectName: "migrateUndo"
            visible: dialog.step === "done"
            text: qsTr("Bring the old settings back")
            onClicked: view.undo()
        },
        ActionButton {
            id: closeButton

            objectName: "migrateClose"
            visible: !view.trying && (dialog.step !== "done" || dialog.queue.length > 0)
            text: qsTr("Close")
            onClicked: {
                const done = dialog.step === "done";
                dialog.queue = [];
                dialog.close();
                if (done)
                    dialog.finished(view.newId);
            }
        }
    ]
}

// What the server offers, what that means for the connection, and what has to be known first.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: step

    required property MigrationView view
    required property ProbeView probe
    property bool open: false

    readonly property var plan: view.plan
    readonly property var reason: plan.reason ?? ({})
    readonly property string verdict: plan.verdict ?? ""
    readonly property var questions: Array.from(plan.questions ?? [])

    function asked(answer: string): var {
        return questions.find(question => question.answer === answer) ?? null;
    }

    spacing: Theme.gap

    Banner {
        Layout.fillWidth: true
        objectName: "migrateReason"
        tone: {
            switch (step.verdict) {
            case "ready":
            case "questions":
                return step.plan["grade-after"] === "good" ? "positive" : "warning";
            case "not-needed":
                return "positive";
            case "silent":
                return "warning";
            default:
                return "danger";
            }
        }
        title: step.reason.sentence ?? ""
        message: step.reason.remedy ?? ""

        ActionButton {
            objectName: "migrateDetails"
            kind: ActionButton.Quiet
            flush: true
            glyph: step.open ? "chevron-down" : "chevron-right"
            text: step.open ? qsTr("Hide details") : qsTr("Details")
            onClicked: step.open = !step.open
        }
    }
    OfferPicture {
        Layout.fillWidth: true
        objectName: "migrateOffer"
        visible: step.probe.done
        host: step.probe.host
        roads: step.probe.roads
    }
    LineList {
        Layout.fillWidth: true
        visible: step.open && lines.length > 0
        heading: qsTr("What the server answered")
        lines: step.probe.roads
        glyph: "server"
        ink: Theme.textMuted
        explained: true
    }

    PlainLabel {
        Layout.fillWidth: true
        visible: questionFields.visibleChildren.length > 0
        text: qsTr("Your part")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    ColumnLayout {
        id: questionFields

        Layout.fillWidth: true
        visible: step.verdict === "ready" || step.verdict === "questions"
        spacing: Theme.gap

        // First: without it there is no trial, and nobody should have to look for the reason.
        CheckOption {
            Layout.fillWidth: true
            objectName: "migrateAllowWeak"
            visible: step.asked("allow-weak") !== null
            text: step.asked("allow-weak")?.sentence ?? ""
            Accessible.description: weakWords.text
            onToggled: step.view.setAnswer("allow-weak", checked)
        }
        PlainLabel {
            id: weakWords

            Layout.fillWidth: true
            visible: step.asked("allow-weak") !== null
            text: step.asked("allow-weak")?.remedy ?? ""
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
        LineField {
            id: name

            readonly property var question: step.asked("username")

            Layout.fillWidth: true
            objectName: "migrateUsername"
            visible: question !== null
            label: question?.sentence ?? ""
            hint: question?.remedy ?? ""
            text: question?.proposed ?? ""
            onEdited: nameDelay.restart()

            // Not with every letter: the plan is made anew with each answer.
            Timer {
                id: nameDelay

                interval: 300
                onTriggered: step.view.setAnswer("username", name.text.trim())
            }
        }
        Choice {
            objectName: "migrateAuthority"
            visible: question !== null && (step.open || question.required || chosen !== "")
            question: step.asked("authority")
            chosen: step.view.authorityFile
            onWanted: authorityFile.open()
        }
        Choice {
            objectName: "migrateCertificate"
            visible: question !== null
            question: step.asked("certificate")
            chosen: step.view.certificateFile
            onWanted: certificateFile.open()
        }
    }
    LineList {
        Layout.fillWidth: true
        objectName: "migrateKept"
        visible: step.open && lines.length > 0
        heading: qsTr("What stays as it is")
        lines: Array.from(step.plan.kept ?? [])
    }
    LineList {
        Layout.fillWidth: true
        objectName: "migrateDropped"
        heading: qsTr("What changes")
        lines: Array.from(step.plan.dropped ?? [])
        glyph: "info"
        ink: Theme.accent
        explained: step.open
    }
    PlainLabel {
        Layout.fillWidth: true
        visible: step.verdict === "ready"
        text: qsTr("Next, Tern connects with the new settings to see that they work. If they do not, everything stays as it is.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
    }

    FileDialog {
        id: authorityFile

        title: qsTr("Choose the authority's certificate")
        nameFilters: [qsTr("Certificates (*.pem *.crt *.cer *.der)"), qsTr("All files (*)")]
        onAccepted: step.view.setAuthority(selectedFile)
    }
    FileDialog {
        id: certificateFile

        title: qsTr("Choose your certificate")
        nameFilters: [qsTr("Certificates and keys (*.p12 *.pfx *.pem *.crt *.cer)"), qsTr("All files (*)")]
        onAccepted: step.view.setCertificate(selectedFile)
    }

    component Choice: ColumnLayout {
        id: choice

        required property var question
        required property string chosen
        signal wanted

        Layout.fillWidth: true
        spacing: Theme.gapTiny

        PlainLabel {
            Layout.fillWidth: true
            text: choice.question?.sentence ?? ""
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            font.weight: Font.Medium
            wrapMode: Text.Wrap
        }
        ActionButton {
            glyph: choice.chosen === "" ? "file" : "check"
            text: choice.chosen === "" ? qsTr("Choose a file…") : choice.chosen
            spokenName: (choice.question?.sentence ?? "") + ": " + text
            onClicked: choice.wanted()
        }
        PlainLabel {
            Layout.fillWidth: true
            text: choice.question?.remedy ?? ""
            color: Theme.textMuted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
    }
}

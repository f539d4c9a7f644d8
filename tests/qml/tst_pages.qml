import QtQuick
import QtTest
import Tern.Client
import Tern.Controls
import Tern.Dialogs
import Tern.Pages

Item {
    id: root

    width: 480
    height: 700

    ImportResultPage {
        id: result

        anchors.fill: parent
        report: client.importReport
    }
    MigrateDialog {
        id: migrate

        engine: client
        shell: root.parentShell
        parent: root
    }
    PromptDialog {
        id: prompt

        engine: client
        parent: root
    }
    ErrorDialog {
        id: failure

        shell: root.parentShell
        parent: root
    }
    ProfileDetails {
        id: chosen

        engine: client
        profileId: "pq"
    }
    ConnectionPage {
        id: page

        anchors.fill: parent
        engine: client
        shell: root.parentShell
        details: chosen
    }
    EditDialog {
        id: edit

        engine: client
        details: chosen
        parent: root
    }
    readonly property var parentShell: shell

    TestCase {
        name: "Pages"
        when: windowShown

        function test_importResultCountsWhatIsRetired() {
            setup.report({
                "added": 3, "skipped": 1,
                "profiles": [{"id": "a", "name": "A", "protocol": "ikev2", "grade": "good"},
                             {"id": "b", "name": "B", "protocol": "pptp", "grade": "broken"},
                             {"id": "c", "name": "C", "protocol": "l2tp", "grade": "retired"}],
                "problems": [{"code": "tern.x", "sentence": "<i>S</i>.", "remedy": "R.", "entry": "D", "line": 7, "skipped": true},
                             {"code": "tern.y", "sentence": "S.", "remedy": "R.", "entry": "A", "line": 1, "skipped": false},
                             {"code": "tern.y", "sentence": "S.", "remedy": "R.", "entry": "B", "line": 2, "skipped": false}]});
            compare(client.importReport.retired, 2);
            compare(client.importReport.profiles.map(p => p.name), ["B", "C", "A"]);
            verify(findChild(result, "importRetired").visible);
            verify(findChild(result, "importMigrate").visible);
            compare(client.importReport.retiredIds, ["b", "c"]);
            compare(client.importReport.problems.length, 3);
            // What was imported with a remark is not told of as left out.
            const leftOut = findChild(result, "importLeftOut");
            verify(leftOut.visible);
            compare(leftOut.problems.map(p => p.entry), ["D"]);
            verify(leftOut.heading.startsWith("1 "));
            compare(findChild(result, "importNotes").problems.map(p => p.entry), ["A", "B"]);
        }
        function test_importOfAllGoodOnes() {
            setup.report({"added": 1, "skipped": 0, "profiles": [{"id": "a", "name": "A", "protocol": "ikev2", "grade": "good"}], "problems": []});
            verify(!findChild(result, "importRetired").visible);
        }
        function test_importTellsOfSecretsInTheFile() {
            setup.report({
                "added": 1, "skipped": 0,
                "profiles": [{"id": "a", "name": "A", "protocol": "ikev2", "grade": "good"}],
                "problems": [{"code": "tern.engine.secret-kept", "sentence": "S.", "remedy": "R.", "entry": "A", "line": 1},
                             {"code": "tern.engine.secret-not-kept", "sentence": "S.", "remedy": "R.", "entry": "B", "line": 2},
                             {"code": "tern.formats.note.unused", "sentence": "T.", "remedy": "R.", "entry": "A", "line": 1}]});
            const banner = findChild(result, "importSecrets");
            verify(banner.visible);
            verify(banner.title.includes("rasphone.pbk"));
            const lost = findChild(result, "importLostSecrets");
            verify(lost.visible);
            verify(lost.message.includes("rasphone.pbk"));
            compare(client.importReport.problems.length, 1);
        }
        function test_migrationNamesConnectionAndProtocol_data() {
            return [{tag: "pptp", protocol: "pptp", word: "PPTP"}, {tag: "l2tp", protocol: "l2tp", word: "L2TP"},
                    {tag: "other", protocol: "automatic", word: "safer"}];
        }
        function test_migrationNamesConnectionAndProtocol(row) {
            migrate.profileName = "Old %2 office ".repeat(10);
            migrate.go("check");
            migrate.protocol = row.protocol;
            migrate.findings = [{"code": "tern.x", "severity": "broken", "sentence": "S ".repeat(200), "remedy": "R"}];
            migrate.open();
            tryCompare(migrate, "opened", true);
            verify(migrate.title.includes(row.word));
            verify(migrate.title.includes("Old %2 office"));
            verify(migrate.height <= root.height);
            migrate.close();
        }
        function test_everyStepOfAMigrationHasAWayBack() {
            migrate.open();
            tryCompare(migrate, "opened", true);
            const back = findChild(migrate.footer, "migrateBack");
            for (const [step, before] of [["plan", "check"], ["try", "plan"]]) {
                migrate.go(step);
                verify(back.visible, step);
                verify(migrate.height <= root.height);
                migrate.back();
                compare(migrate.step, before);
            }
            for (const from of ["check", "plan", "try", "done"]) {
                migrate.letterFrom = from;
                migrate.go("letter");
                verify(back.visible);
                migrate.back();
                compare(migrate.step, from);
            }
            migrate.go("done");
            verify(!back.visible);
            verify(findChild(migrate.footer, "migrateUndo").visible);
            migrate.close();
        }
        function test_errorDialogFitsAndHidesDetails() {
            failure.tell("What", setup.error({"code": "tern.x", "sentence": "S ".repeat(400), "remedy": "R", "detail": "D"}));
            tryCompare(failure, "opened", true);
            verify(failure.height <= root.height);
            failure.close();
        }
        function test_postQuantumAsThisComputerHasIt_data() {
            return [{tag: "available", protocol: "ikev2", wanted: "automatic", available: true, lines: 1, warned: false, noted: false},
                    {tag: "missing", protocol: "ikev2", wanted: "automatic", available: false, lines: 2, warned: false, noted: true},
                    {tag: "missing, IKEv2 or SSTP", protocol: "automatic", wanted: "automatic", available: false, lines: 2, warned: false, noted: true},
                    {tag: "required", protocol: "ikev2", wanted: "required", available: true, lines: 1, warned: false, noted: false},
                    {tag: "required and missing", protocol: "ikev2", wanted: "required", available: false, lines: 1, warned: true, noted: true},
                    {tag: "off", protocol: "ikev2", wanted: "off", available: false, lines: 1, warned: false, noted: false},
                    {tag: "an older service", protocol: "ikev2", wanted: "", available: false, lines: 0, warned: false, noted: false},
                    {tag: "retired", protocol: "pptp", wanted: "automatic", available: false, lines: 0, warned: false, noted: false}];
        }
        function test_postQuantumAsThisComputerHasIt(row) {
            setup.fill([{"id": "pq", "name": "Q", "protocol": row.protocol, "grade": "good", "can-connect": true,
                         "post-quantum": row.wanted, "post-quantum-available": row.available}]);
            const fact = findChild(page, "postQuantum");
            compare(fact.value === "" ? 0 : fact.value.split("\n").length, row.lines);
            compare(fact.visible, row.lines > 0);
            compare(findChild(page, "postQuantumMissing").visible, row.warned);
            edit.open();
            tryCompare(edit, "opened", true);
            findChild(edit.contentItem, "editAdvanced").checked = true;
            compare(findChild(edit.contentItem, "editPostQuantum").visible, row.protocol !== "pptp");
            compare(findChild(edit.contentItem, "editPpkId").visible, row.protocol !== "pptp");
            compare(findChild(edit.contentItem, "editPostQuantumMissing").visible, row.noted);
            edit.close();
            tryCompare(edit, "opened", false);
        }
        function test_promptForgetsTheSecret() {
            prompt.ask(setup.prompt({"prompt": 3, "name": "N", "kind": "password", "server": "s", "username": "u"}));
            tryCompare(prompt, "opened", true);
            const secret = findChild(prompt.contentItem, "promptSecret");
            secret.text = "secret";
            verify(!findChild(prompt.contentItem, "promptRemember").enabled);
            prompt.close();
            tryCompare(prompt, "opened", false);
            compare(secret.text, "");
        }
    }
}

import QtQuick
import QtTest
import Tern.Client
import Tern.Controls
import Tern.Pages

Item {
    id: root

    width: 400
    height: 600

    ConnectionList {
        id: list

        anchors.fill: parent
        engine: client
        selectedId: ""
    }
    SignalSpy {
        id: advice

        target: list
        signalName: "adviceWanted"
    }
    SignalSpy {
        id: gone

        target: list
        signalName: "shownGone"
    }
    SignalSpy {
        id: chosen

        target: list
        signalName: "chosen"
    }

    TestCase {
        name: "ConnectionList"
        when: windowShown

        readonly property var view: findChild(list, "connections")

        function profile(id, name, protocol, canConnect, grade) {
            return {"id": id, "name": name, "protocol": protocol, "server": "vpn.example.org", "username": "alice",
                    "can-connect": canConnect, "grade": grade};
        }
        function init() {
            setup.fill([profile("a", "Zürich", "ikev2", true, "good"), profile("b", "Old", "pptp", false, "broken"),
                        profile("c", "Berlin 10", "ikev2", true, "good"), profile("d", "Berlin 9", "ikev2", true, "weak"),
                        profile("e", "<b>Bold</b> & more", "l2tp", false, "retired"),
                        profile("f", "Other", "unsupported", false, "not-judged")]);
            list.selectedId = "";
            advice.clear();
            chosen.clear();
            const field = findChild(list, "search");
            field.text = "";
            tryCompare(view, "count", 6);
        }
        function row(name) {
            view.forceLayout();
            return findChild(view.contentItem, "row:" + name);
        }
        function test_usableFirstThenByNameAsPeopleSort() {
            const names = [];
            for (let i = 0; i < view.count; ++i)
                names.push(view.model.data(view.model.index(i, 0), ProfileModel.NameRole));
            compare(names.join("|"), ["Berlin 9", "Berlin 10", "Zürich", "<b>Bold</b> & more", "Old", "Other"].join("|"));
        }
        function test_whatIsNotJudgedSaysSo() {
            verify(row("Other").Accessible.description.includes("Not judged"));
            compare(Words.gradeTone("not-judged"), "neutral");
        }
        function test_searchNeedsEveryWord() {
            const field = findChild(list, "search");
            field.text = "berlin ike";
            tryCompare(view, "count", 2);
            field.text = "berlin pptp";
            tryCompare(view, "count", 0);
        }
        function test_refusedConnectionOffersAdviceInstead() {
            const old = row("Old");
            mouseClick(findChild(old, "rowAction"));
            compare(advice.count, 1);
            compare(advice.signalArguments[0][0], "b");
            mouseDoubleClickSequence(old, 60, 20);
            compare(advice.count, 2);
        }
        function test_buttonFollowsTheState() {
            const button = findChild(row("Zürich"), "rowAction");
            const idle = button.text;
            setup.setState("a", "connecting", "contacting");
            verify(button.text !== idle);
            const cancel = button.text;
            setup.setState("a", "connected", "");
            verify(button.text !== idle && button.text !== cancel);
            setup.setState("a", "disconnecting", "");
            verify(!button.enabled);
            setup.setState("a", "failed", "");
            compare(button.text, idle);
            setup.setState("a", "disconnected", "");
        }
        function test_whatGoesHasANeighbour_data() {
            return [{tag: "first", leaving: "d", neighbour: "c"}, {tag: "middle", leaving: "a", neighbour: "e"},
                    {tag: "last", leaving: "f", neighbour: "b"}, {tag: "hidden", leaving: "a", search: "berlin", neighbour: "d"},
                    {tag: "the only match", leaving: "a", search: "zürich", neighbour: ""}];
        }
        function test_whatGoesHasANeighbour(row) {
            gone.clear();
            list.shownId = row.leaving;
            findChild(list, "search").text = row.search ?? "";
            const all = [["a", "Zürich", "ikev2", true], ["b", "Old", "pptp", false], ["c", "Berlin 10", "ikev2", true],
                         ["d", "Berlin 9", "ikev2", true], ["e", "<b>Bold</b> & more", "l2tp", false],
                         ["f", "Other", "unsupported", false]];
            setup.fill(all.filter(each => each[0] !== row.leaving).map(each => profile(...each, "good")));
            compare(gone.count, 1);
            compare(gone.signalArguments[0][0], row.neighbour);
            list.shownId = "c";
            setup.fill([profile("c", "Berlin 10", "ikev2", true, "good")]);
            compare(gone.count, 1);
            list.shownId = "";
        }
        function test_keyboard() {
            list.takeFocus();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Space);
            compare(chosen.count, 1);
            keyClick(Qt.Key_End);
            view.currentIndex = 4;
            keyClick(Qt.Key_Return);
            compare(advice.count, 1);
        }
        function test_tenThousand() {
            const many = [];
            for (let i = 0; i < 10000; ++i)
                many.push(profile("m" + i, "Site " + (i * 7919 % 10000), i % 3 ? "ikev2" : "pptp", i % 3 !== 0, i % 3 ? "good" : "broken"));
            const start = Date.now();
            setup.fill(many);
            compare(view.count, 10000);
            view.forceLayout();
            const filled = Date.now() - start;
            verify(filled < 2000, "filling took " + filled + " ms");
            const again = Date.now();
            findChild(list, "search").text = "site 99";
            verify(view.count > 0 && view.count < 10000);
            verify(Date.now() - again < 1000, "searching took " + (Date.now() - again) + " ms");
        }
    }
}

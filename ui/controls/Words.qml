// The engine's names and numbers in words. Bindings that call these follow a change of language.
pragma Singleton
import QtQuick

QtObject {
    id: words

    // The parts that are not empty.
    function join(parts: var, separator: string): string {
        return Array.from(parts).filter(part => part !== "").join(separator);
    }
    // Puts parts in the places %1, %2 … in one pass: a "%2" in a name from a file is no place.
    function fill(text: string, parts: var): string {
        return text.replace(/%([1-9])/g, (place, number) => number <= parts.length ? parts[number - 1] : place);
    }
    function firstOf(items: var, most: int): var {
        return Array.from(items).slice(0, most);
    }
    function placeOf(value: var, choices: var): int {
        return Math.max(0, Array.from(choices).indexOf(value));
    }

    function protocolName(protocol: string): string {
        switch (protocol) {
        case "ikev2":
            return "IKEv2";
        case "sstp":
            return "SSTP";
        case "pptp":
            return "PPTP";
        case "l2tp":
            return "L2TP";
        case "automatic":
            return qsTr("Automatic");
        default:
            return qsTr("Other");
        }
    }

    function stateName(state: string, stage: string): string {
        switch (state) {
        case "connecting":
            return words.stageName(stage);
        case "connected":
            return qsTr("Connected");
        case "disconnecting":
            return qsTr("Disconnecting…");
        case "failed":
            return qsTr("Not connected");
        default:
            return qsTr("Disconnected");
        }
    }

    function stageName(stage: string): string {
        switch (stage) {
        case "resolving":
            return qsTr("Looking up the server…");
        case "contacting":
            return qsTr("Contacting the server…");
        case "verifying":
            return qsTr("Checking the server…");
        case "authenticating":
            return qsTr("Signing in…");
        case "confirming":
            return qsTr("Waiting for your confirmation on another device…");
        case "configuring":
            return qsTr("Setting up the network…");
        case "waiting":
            return qsTr("Waiting for a network…");
        case "moving":
            return qsTr("Moving to another network…");
        case "checking":
            return qsTr("Checking the connection…");
        default:
            return qsTr("Connecting…");
        }
    }

    function stateTone(state: string): string {
        switch (state) {
        case "connected":
            return "positive";
        case "connecting":
        case "disconnecting":
            return "info";
        case "failed":
            return "danger";
        default:
            return "neutral";
        }
    }

    function gradeName(grade: string): string {
        switch (grade) {
        case "broken":
            return qsTr("Broken");
        case "retired":
            return qsTr("Retired");
        case "can-fall-back":
            return qsTr("Can fall back");
        case "weak":
            return qsTr("Weak");
        case "not-judged":
            return qsTr("Not judged");
        default:
            return "";
        }
    }

    function gradeTone(grade: string): string {
        switch (grade) {
        case "broken":
        case "retired":
            return "danger";
        case "can-fall-back":
        case "weak":
            return "warning";
        default:
            return "neutral";
        }
    }

    // "2026-12-31" as the calendar of the language writes it.
    function dayName(day: string): string {
        const date = new Date(day + "T12:00:00");
        return isNaN(date.getTime()) ? day : date.toLocaleDateString(Qt.locale(), Locale.LongFormat);
    }

    function isRetired(protocol: string): bool {
        return protocol === "pptp" || protocol === "l2tp";
    }

    // What became of a road to a server; "": not known yet. An answer by what is retired is nothing to be glad of.
    function verdictName(protocol: string, verdict: string): string {
        const retired = words.isRetired(protocol);
        switch (verdict) {
        case "open":
            return retired ? qsTr("answers, unsafe") : qsTr("ready");
        case "weak":
            return qsTr("outdated encryption");
        case "unusable":
            return protocol === "l2tp" ? qsTr("not offered") : retired ? qsTr("answers, unsafe") : qsTr("cannot be used");
        case "closed":
            return qsTr("not offered");
        case "silent":
            return qsTr("no answer");
        default:
            return "";
        }
    }
    function offerTone(protocol: string, verdict: string): string {
        const retired = words.isRetired(protocol);
        if (verdict === "open")
            return retired ? "danger" : "positive";
        if (verdict === "unusable")
            return protocol === "l2tp" ? "neutral" : retired ? "danger" : "warning";
        return verdict === "weak" ? "warning" : "neutral";
    }
    function offerGlyph(protocol: string, verdict: string): string {
        switch (words.offerTone(protocol, verdict)) {
        case "positive":
            return "check";
        case "danger":
            return "shield-off";
        case "warning":
            return "warning";
        default:
            return "close";
        }
    }
    // For a screen reader, in one go.
    function offerName(protocol: string, verdict: string): string {
        const name = words.protocolName(protocol);
        return verdict === "" ? qsTr("%1: being asked").arg(name) : qsTr("%1: %2", "protocol and what became of it").arg(name).arg(words.verdictName(protocol, verdict));
    }

    function tcpName(use: string): string {
        switch (use) {
        case "always":
            return qsTr("Always");
        case "never":
            return qsTr("Never");
        default:
            return qsTr("Where UDP does not get through");
        }
    }

    function postQuantumName(wanted: string): string {
        switch (wanted) {
        case "required":
            return qsTr("Required");
        case "off":
            return qsTr("Off");
        default:
            return qsTr("When the server offers it");
        }
    }

    function postQuantumMissing(): string {
        return qsTr("This computer cannot do it yet: it takes OpenSSL 3.5 or later, as in Debian 13.");
    }

    function authName(auth: string): string {
        switch (auth) {
        case "psk":
            return qsTr("Shared key");
        case "eap-mschapv2":
        case "peap":
        case "ttls":
        case "eap-gtc":
        case "eap-md5":
        case "mschapv2":
        case "mschap":
        case "chap":
        case "spap":
        case "pap":
            return qsTr("User name and password");
        case "eap-tls":
        case "machine-certificate":
            return qsTr("Certificate");
        default:
            return qsTr("Not stated");
        }
    }

    function bytes(count: real): string {
        const units = [qsTr("B"), qsTr("KB"), qsTr("MB"), qsTr("GB"), qsTr("TB")];
        let unit = 0;
        let value = count;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            ++unit;
        }
        const digits = unit === 0 || value >= 100 ? 0 : 1;
        return qsTr("%1 %2", "number and unit").arg(value.toLocaleString(Qt.locale(), "f", digits)).arg(units[unit]);
    }

    function rate(perSecond: real): string {
        return qsTr("%1/s", "data per second").arg(words.bytes(perSecond));
    }

    function duration(seconds: int): string {
        const two = number => String(number).padStart(2, "0");
        const minutes = Math.floor(seconds / 60) % 60;
        const hours = Math.floor(seconds / 3600) % 24;
        const clock = two(hours) + ":" + two(minutes) + ":" + two(seconds % 60);
        const days = Math.floor(seconds / 86400);
        return days > 0 ? qsTr("%n day(s) %1", "", days).arg(clock) : clock;
    }
}

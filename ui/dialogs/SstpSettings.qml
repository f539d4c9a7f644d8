// What only an administrator's note makes one change about SSTP: ports, names and the proxy on the way.
import QtQuick
import QtQuick.Layouts
import Tern.Client
import Tern.Controls

ColumnLayout {
    id: settings

    required property ProfileDetails details
    signal accepted

    readonly property bool valid: port.problem + host.problem + sniName.problem + proxyAddress.problem + tenant.problem === ""
    // As org.ternvpn.Engine1's Edit takes them.
    readonly property string sniText: sni.value === "off" ? "off" : sni.value === "own" ? sniName.text.trim() : ""
    readonly property string proxyText: proxy.value === "own" ? proxyAddress.text.trim() : proxy.value === "none" ? "none" : ""

    spacing: Theme.gap

    function load(): void {
        port.text = details.port > 0 ? String(details.port) : "";
        host.text = details.sstpHost;
        tenant.text = details.tenantId;
        sni.choose(details.sni === "" ? "automatic" : details.sni === "off" ? "off" : "own");
        sniName.text = details.sni === "off" ? "" : details.sni;
        proxy.choose(details.proxy === "" ? "system" : details.proxy === "none" ? "none" : "own");
        proxyAddress.text = details.proxy === "none" ? "" : details.proxy;
    }
    // Adds what was changed.
    function collect(changes: var): void {
        const was = {
            "port": details.port > 0 ? String(details.port) : "",
            "sstp-host": details.sstpHost,
            "tenant-id": details.tenantId,
            "sni": details.sni,
            "proxy": details.proxy
        };
        const now = {
            "port": port.text.trim(),
            "sstp-host": host.text.trim(),
            "tenant-id": tenant.text.trim(),
            "sni": sniText,
            "proxy": proxyText
        };
        for (const key in now) {
            if (now[key] !== was[key])
                changes[key] = now[key];
        }
    }

    // Names and addresses as HTTP and TLS take them.
    function isWord(text: string): bool {
        return text.length <= 255 && /^[\x21-\x7e]*$/.test(text);
    }
    function portProblem(text: string): string {
        const number = Number(text);
        return text === "" || (/^[0-9]+$/.test(text) && number >= 1 && number <= 65535) ? "" : qsTr("A port is a number from 1 to 65535.");
    }
    function nameProblem(text: string): string {
        return isWord(text) ? "" : qsTr("A name has no spaces and no accents.");
    }
    function sniProblem(text: string): string {
        if (text === "")
            return qsTr("Which name?");
        return /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text) && !/^[0-9.]+$/.test(text) && text !== "off" ? "" : qsTr("This has to be a name such as vpn.example.org, not an address.");
    }
    function proxyProblem(text: string): string {
        if (text === "")
            return qsTr("Which proxy?");
        if (text.includes("@"))
            return qsTr("Leave the user name and password out. You are asked for them when the proxy wants them.");
        const parts = /^(?:(?:http|socks5h?):\/\/)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?\/?$/.exec(text);
        const ok = parts !== null && (parts[1] === undefined || portProblem(parts[1]) === "");
        return ok ? "" : qsTr("A proxy is written like http://proxy.example.com:3128 or socks5://10.0.0.1:1080.");
    }

    LineField {
        id: port

        Layout.fillWidth: true
        objectName: "editPort"
        label: qsTr("Port of SSTP")
        hint: qsTr("Empty: 443, which gets through nearly everywhere.")
        problem: settings.portProblem(text.trim())
        onAccepted: settings.accepted()
    }
    LineField {
        id: host

        Layout.fillWidth: true
        objectName: "editSstpHost"
        label: qsTr("Name in the server's certificate")
        hint: qsTr("Only if it is not the server's name above, for instance because an address stands there.")
        problem: settings.nameProblem(text.trim())
        onAccepted: settings.accepted()
    }
    LabelledChoice {
        id: sni

        Layout.fillWidth: true
        objectName: "editSni"
        label: qsTr("Name that the server is called by (SNI)")
        hint: settings.details.sniRefused && value === "automatic" ? qsTr("This server takes calls only without a name. Tern has found that out and leaves it out.") : qsTr("A server that takes no name is noticed. The certificate is checked in any case.")
        model: [
            {
                "text": qsTr("Its own name"),
                "value": "automatic"
            },
            {
                "text": qsTr("None"),
                "value": "off"
            },
            {
                "text": qsTr("Another name"),
                "value": "own"
            }
        ]
    }
    LineField {
        id: sniName

        Layout.fillWidth: true
        objectName: "editSniName"
        visible: sni.value === "own"
        label: qsTr("Other name")
        problem: sni.value === "own" ? settings.sniProblem(text.trim()) : ""
        onAccepted: settings.accepted()
    }
    LabelledChoice {
        id: proxy

        Layout.fillWidth: true
        objectName: "editProxy"
        label: qsTr("Proxy for SSTP")
        hint: qsTr("If it wants to know who you are, you are asked when you connect.")
        model: [
            {
                "text": qsTr("As this computer is set"),
                "value": "system"
            },
            {
                "text": qsTr("None"),
                "value": "none"
            },
            {
                "text": qsTr("This one"),
                "value": "own"
            }
        ]
    }
    LineField {
        id: proxyAddress

        Layout.fillWidth: true
        objectName: "editProxyAddress"
        visible: proxy.value === "own"
        label: qsTr("Address of the proxy")
        hint: qsTr("For instance http://proxy.example.com:3128 or socks5://10.0.0.1:1080")
        problem: proxy.value === "own" ? settings.proxyProblem(text.trim()) : ""
        onAccepted: settings.accepted()
    }
    LineField {
        id: tenant

        Layout.fillWidth: true
        objectName: "editTenant"
        label: qsTr("Tenant")
        hint: qsTr("Only for a server that several organisations share.")
        problem: settings.nameProblem(text.trim())
        onAccepted: settings.accepted()
    }
}

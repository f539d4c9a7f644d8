import QtQuick
import QtTest
import Tern.Client
import Tern.Controls
import Tern.Dialogs

Item {
    id: root

    width: 480
    height: 700

    ProfileDetails {
        id: details

        engine: client
        profileId: "a"
    }
    EditDialog {
        id: dialog

        engine: client
        details: details
        parent: root
    }

    TestCase {
        name: "Edit"
        when: windowShown

        function profile(more: var): var {
            return Object.assign({"id": "a", "name": "Office", "protocol": "sstp", "server": "vpn.example.org", "username": "anna", "full-tunnel": true, "can-connect": true, "port": 0, "sni": "", "sstp-host": "", "tenant-id": "", "proxy": ""}, more);
        }
        function begin(more: var): void {
            setup.fill([profile(more)]);
            dialog.open();
            tryCompare(dialog, "opened", true);
        }
        function field(name: string): var {
            return findChild(dialog.contentItem, name);
        }
        function part(name: string): var {
            let at = field(name);
            while (at && at.collect === undefined)
                at = at.parent;
            return at;
        }
        function changes(): var {
            const found = {};
            part("editPort").collect(found);
            return found;
        }
        function cleanup(): void {
            dialog.close();
            tryCompare(dialog, "opened", false);
        }

        function test_nothingOfItIsMetUnasked() {
            begin({});
            verify(field("editServer").visible);
            verify(!field("editPort").visible);
            verify(!field("editProxy").visible);
            field("editAdvanced").toggle();
            verify(field("editPort").visible);
            verify(field("editProxy").visible);
            verify(!field("editProxyAddress").visible);
            verify(!field("editSniName").visible);
            verify(dialog.height <= root.height);
        }
        function test_eachProtocolHasItsOwn_data() {
            return [{tag: "sstp", sstp: true, ike: false}, {tag: "ikev2", sstp: false, ike: true}, {tag: "automatic", sstp: true, ike: true}, {tag: "pptp", sstp: false, ike: false}];
        }
        function test_eachProtocolHasItsOwn(row) {
            begin({"protocol": row.tag});
            compare(field("editAdvanced").visible, row.sstp || row.ike);
            field("editAdvanced").checked = true;
            compare(field("editPort").visible, row.sstp);
            compare(field("editTcp").visible, row.ike);
            compare(field("editLegacyAlgorithms").visible, row.ike);
        }
        function test_whatIsStoredIsShown_data() {
            return [
                {tag: "usual", stored: {}, port: "", sni: "automatic", sniName: "", proxy: "system", address: ""},
                {tag: "all of it", stored: {"port": 8443, "sni": "front.example.org", "proxy": "socks5://10.0.0.1:1080", "sstp-host": "gate", "tenant-id": "7"}, port: "8443", sni: "own", sniName: "front.example.org", proxy: "own", address: "socks5://10.0.0.1:1080"},
                {tag: "off", stored: {"sni": "off", "proxy": "none"}, port: "", sni: "off", sniName: "", proxy: "none", address: ""}
            ];
        }
        function test_whatIsStoredIsShown(row) {
            begin(row.stored);
            compare(field("editPort").text, row.port);
            compare(field("editSni").value, row.sni);
            compare(field("editSniName").text, row.sniName);
            compare(field("editProxy").value, row.proxy);
            compare(field("editProxyAddress").text, row.address);
            compare(changes(), {}); // and nothing of it is changed by looking
            verify(dialog.complete);
        }
        function test_whatIsChangedIsSaid() {
            begin({"proxy": "none", "sni": "off", "port": 8443});
            field("editPort").text = " 4443 ";
            field("editSstpHost").text = "gate.example.org";
            field("editTenant").text = "7";
            field("editSni").choose("own");
            field("editSniName").text = "front.example.org";
            field("editProxy").choose("own");
            field("editProxyAddress").text = "http://proxy.example.org:3128";
            compare(changes(), {"port": "4443", "sstp-host": "gate.example.org", "tenant-id": "7", "sni": "front.example.org", "proxy": "http://proxy.example.org:3128"});
            field("editPort").text = "";
            field("editSni").choose("automatic");
            field("editProxy").choose("system");
            compare(changes(), {"port": "", "sstp-host": "gate.example.org", "tenant-id": "7", "sni": "", "proxy": ""});
            verify(dialog.complete);
        }
        function test_whatCannotBeIsNotSaved_data() {
            return [
                {tag: "port 0", field: "editPort", text: "0"},
                {tag: "port too large", field: "editPort", text: "65536"},
                {tag: "port in words", field: "editPort", text: "https"},
                {tag: "port with a fraction", field: "editPort", text: "44.3"},
                {tag: "name with a space", field: "editSstpHost", text: "two words"},
                {tag: "tenant with an accent", field: "editTenant", text: "siège"},
                {tag: "no name", field: "editSniName", text: "", choice: "editSni"},
                {tag: "an address as name", field: "editSniName", text: "192.0.2.7", choice: "editSni"},
                {tag: "a name that means none", field: "editSniName", text: "off", choice: "editSni"},
                {tag: "no proxy", field: "editProxyAddress", text: "", choice: "editProxy"},
                {tag: "another scheme", field: "editProxyAddress", text: "ftp://proxy", choice: "editProxy"},
                {tag: "a path", field: "editProxyAddress", text: "http://proxy/path", choice: "editProxy"},
                {tag: "port of the proxy", field: "editProxyAddress", text: "http://proxy:99999", choice: "editProxy"},
                {tag: "a password", field: "editProxyAddress", text: "http://anna:secret@proxy:3128", choice: "editProxy"}
            ];
        }
        function test_whatCannotBeIsNotSaved(row) {
            begin({});
            field("editAdvanced").checked = true;
            if (row.choice)
                field(row.choice).choose("own");
            field(row.field).text = row.text;
            verify(field(row.field).problem !== "");
            verify(!dialog.complete);
            verify(!findChild(dialog.footer, "editSave").enabled);
            field("editAdvanced").checked = false;
            verify(field(row.field).visible); // it stays in sight until it is mended
            if (row.choice)
                field(row.choice).choose(row.choice === "editSni" ? "automatic" : "system");
            else
                field(row.field).text = "";
            verify(dialog.complete);
            verify(!field(row.field).visible);
        }
        function test_goodProxies_data() {
            return [{tag: "proxy:3128"}, {tag: "http://proxy.example.org"}, {tag: "socks5://[2001:db8::1]:1080"}, {tag: "socks5h://10.0.0.1:1080/"}];
        }
        function test_goodProxies(row) {
            begin({});
            field("editProxy").choose("own");
            field("editProxyAddress").text = row.tag;
            compare(field("editProxyAddress").problem, "");
        }
        function test_serverWithoutAName() {
            begin({"sni-refused": true});
            const known = field("editSni").hint;
            field("editSni").choose("own");
            verify(field("editSni").hint !== known);
        }
        function test_switchAndProblemByKeyboard() {
            begin({});
            const line = field("editAdvanced");
            line.forceActiveFocus();
            keyClick(Qt.Key_Space);
            verify(line.open);
            keyClick(Qt.Key_Return);
            verify(!line.open);
        }
    }
}

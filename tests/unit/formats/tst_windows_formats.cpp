// What Windows and its administrators write beside the phonebook: ProfileXML, Group Policy, PowerShell,
// Get-VpnConnection, Connection Manager and Azure's settings.
#include "tests/unit/formats/imports.h"

#include <QTest>

using namespace tern;
using namespace tern::test;
using formats::ImportedSecret;
using profile::Encryption;
using profile::Method;
using profile::Protocol;

namespace {

bool allows(const profile::Profile& profile, Method method) {
    return std::ranges::find(profile.authentication.allowed, method) != profile.authentication.allowed.end();
}

const profile::IkePolicy windowsPolicy{"SHA256", "AES256", "group14", "AES-GCM-256", "AES-GCM-256", "as-ike"};
constexpr auto suite = "<AuthenticationTransformConstants>GCMAES256</AuthenticationTransformConstants>"
                       "<CipherTransformConstants>GCMAES256</CipherTransformConstants>"
                       "<EncryptionMethod>AES256</EncryptionMethod><IntegrityCheckMethod>SHA256</IntegrityCheckMethod>"
                       "<DHGroup>Group14</DHGroup><PfsGroup>PFSMM</PfsGroup>";

// PEAP with a certificate inside, checked against one authority.
constexpr auto eapXml =
    "<EapHostConfig xmlns=\"http://www.microsoft.com/provisioning/EapHostConfig\"><EapMethod>"
    "<Type xmlns=\"http://www.microsoft.com/provisioning/EapCommon\">25</Type></EapMethod>"
    "<Config><Eap><Type>25</Type><EapType><ServerValidation>"
    "<DisableUserPromptForServerValidation>true</DisableUserPromptForServerValidation>"
    "<ServerNames>nps1.example.com;nps2.example.com</ServerNames>"
    "<TrustedRootCA>01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 </TrustedRootCA></ServerValidation>"
    "<Eap><Type>13</Type></Eap><RequireCryptoBinding>true</RequireCryptoBinding></EapType></Eap></Config>"
    "</EapHostConfig>";

std::string profileXml(const std::string& native, const std::string& rest = {}) {
    return "<VPNProfile>\n<ProfileName>总部</ProfileName>\n<NativeProfile>\n<Servers>vpn.example.com</Servers>\n" +
           native + "</NativeProfile>\n" + rest + "</VPNProfile>\n";
}

} // namespace

class TestWindowsFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void profileXmlAlwaysOn();
    void profileXmlInAnyCase();
    void profileXmlProtocols_data();
    void profileXmlProtocols();
    void profileXmlPlugin();
    void profileXmlWithKey();
    void groupPolicy();
    void groupPolicyStrategies_data();
    void groupPolicyStrategies();
    void powershell();
    void powershellForms_data();
    void powershellForms();
    void powershellKeepsSecretsOut();
    void getVpnConnection();
    void connectionManager();
    void connectionManagerOdd();
    void azureSettings();
    void azureEntra();
    void broken_data();
    void broken();
};

void TestWindowsFormats::profileXmlAlwaysOn() {
    const auto got = imported(profileXml(
        "<NativeProtocolType>IKEv2</NativeProtocolType><RoutingPolicyType>SplitTunnel</RoutingPolicyType>"
        "<DisableClassBasedDefaultRoute>true</DisableClassBasedDefaultRoute><Authentication>"
        "<UserMethod>Eap</UserMethod><Eap><Configuration>" +
            std::string(eapXml) +
            "</Configuration></Eap></Authentication>"
            "<CryptographySuite>" +
            suite + "</CryptographySuite>",
        "<AlwaysOn>true</AlwaysOn><DnsSuffix>corp.example.com</DnsSuffix><RegisterDNS>true</RegisterDNS>"
        "<RememberCredentials>true</RememberCredentials><TrustedNetworkDetection>corp.example.com,lab.example.com"
        "</TrustedNetworkDetection><Route><Address>10.0.0.0</Address><PrefixSize>8</PrefixSize><Metric>3</Metric></"
        "Route>"
        "<Route><Address>10.9.0.0</Address><PrefixSize>16</PrefixSize><ExclusionRoute>true</ExclusionRoute></Route>"
        "<DomainNameInformation><DomainName>.corp.example.com</DomainName><DnsServers>10.0.0.53,10.0.0.54</DnsServers>"
        "</DomainNameInformation><TrafficFilter><App><Id>outlook.exe</Id></App></TrafficFilter>"));
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("总部"));
    QCOMPARE(profile.protocol, Protocol::Ikev2);
    QCOMPARE(profile.authentication.method, Method::Peap);
    QCOMPARE(profile.authentication.inner, std::vector{Method::EapTls});
    QVERIFY(profile.authentication.requireCryptobinding);
    QVERIFY(profile.authentication.rememberPassword);
    QCOMPARE(profile.trust.eapServerNames, (std::vector<std::string>{"nps1.example.com", "nps2.example.com"}));
    QCOMPARE(profile.trust.eapRootSha1, std::vector<std::string>{"0102030405060708090a0b0c0d0e0f1011121314"});
    QCOMPARE(profile.trust.eapServerValidated, std::optional(true));
    QCOMPARE(profile.ike.policy, std::optional(windowsPolicy));
    QVERIFY(!profile.routing.fullTunnelIpv4 && !profile.routing.fullTunnelIpv6 && !profile.routing.classRoute);
    QCOMPARE(profile.routing.routes.size(), std::size_t{1});
    QCOMPARE(profile.routing.routes.at(0).metric, 3U);
    QCOMPARE(profile.routing.excluded.at(0).text(), std::string("10.9.0.0/16"));
    QCOMPARE(profile.dns.domains, std::vector<std::string>{"corp.example.com"});
    QCOMPARE(profile.dns.servers.size(), std::size_t{2});
    QCOMPARE(profile.dns.suffix, std::string("corp.example.com"));
    QVERIFY(profile.dns.registerAddress && profile.alwaysOn.enabled);
    QCOMPARE(profile.alwaysOn.trustedNetworks.size(), std::size_t{2});
    QCOMPARE(got.unused(), std::string("VPNProfile/TrafficFilter/App/Id"));
}

void TestWindowsFormats::profileXmlInAnyCase() {
    const auto got =
        imported("<vpnprofile><nativeprofile><servers>a.example.com;b.example.com</servers>"
                 "<nativeprotocoltype>ikev2</nativeprotocoltype><authentication><machinemethod>certificate"
                 "</machinemethod></authentication></nativeprofile><devicetunnel>true</devicetunnel></vpnprofile>");
    QCOMPARE(got.only().name, std::string("a.example.com"));
    QCOMPARE(got.only().servers.size(), std::size_t{2});
    QCOMPARE(got.only().authentication.method, Method::MachineCertificate);
    QVERIFY(got.only().alwaysOn.deviceTunnel);
}

void TestWindowsFormats::profileXmlProtocols_data() {
    QTest::addColumn<QByteArray>("native");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<int>("tries");
    QTest::newRow("PPTP") << QByteArray("<NativeProtocolType>PPTP</NativeProtocolType>") << int(Protocol::Pptp) << 0;
    QTest::newRow("L2TP") << QByteArray("<NativeProtocolType>L2TP</NativeProtocolType>") << int(Protocol::L2tp) << 0;
    QTest::newRow("SSTP") << QByteArray("<NativeProtocolType>Sstp</NativeProtocolType>") << int(Protocol::Sstp) << 0;
    QTest::newRow("automatic") << QByteArray("<NativeProtocolType>Automatic</NativeProtocolType>")
                               << int(Protocol::Automatic) << 4;
    QTest::newRow("none") << QByteArray() << int(Protocol::Automatic) << 4;
    QTest::newRow("list") << QByteArray("<NativeProtocolType>ProtocolList</NativeProtocolType><ProtocolList>"
                                        "<NativeProtocolList><Type>IKEv2</Type><Type>SSTP</Type></NativeProtocolList>"
                                        "<RetryTimeInHours>168</RetryTimeInHours></ProtocolList>")
                          << int(Protocol::Automatic) << 2;
}

void TestWindowsFormats::profileXmlProtocols() {
    QFETCH(QByteArray, native);
    QFETCH(int, protocol);
    QFETCH(int, tries);
    const auto got = imported(profileXml(native.toStdString()));
    QCOMPARE(int(got.only().protocol), protocol);
    QCOMPARE(int(got.only().originTries.size()), tries);
}

void TestWindowsFormats::profileXmlPlugin() {
    const auto got = imported("<VPNProfile><PluginProfile><ServerUrlList>https://gw.example.com/vpn</ServerUrlList>"
                              "<PluginPackageFamilyName>Vendor.Client_8abc</PluginPackageFamilyName>"
                              "<CustomConfiguration>x</CustomConfiguration></PluginProfile></VPNProfile>");
    QCOMPARE(got.only().protocol, Protocol::Unsupported);
    QCOMPARE(got.only().plugin, std::string("Vendor.Client_8abc"));
    QCOMPARE(got.only().server(), std::string("gw.example.com"));
}

void TestWindowsFormats::profileXmlWithKey() {
    const auto got =
        imported(profileXml("<NativeProtocolType>L2tp</NativeProtocolType><L2tpPsk>Winter&amp;2019</L2tpPsk>"
                            "<Authentication><UserMethod>MSChapv2</UserMethod></Authentication>"));
    QCOMPARE(got.secret(ImportedSecret::Kind::L2tpPreSharedKey), std::string("Winter&2019"));
    QVERIFY(allows(got.only(), Method::Psk) && allows(got.only(), Method::Mschapv2));
    QVERIFY(keepsOut(got.result, "Winter"));
    QVERIFY(got.noted("tern.formats.note.secret-in-file"));
}

void TestWindowsFormats::groupPolicy() {
    const auto got = imported(
        "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<NetworkOptions "
        "clsid=\"{09686AD1-5D80-48ee-A940-690A6DF02A90}\">\r\n"
        "<VPN clsid=\"{0532F359-3205-4d32-ADB7-9AEC6402BECF}\" name=\"分公司\" image=\"2\" changed=\"2019-01-01 "
        "10:00:00\" "
        "uid=\"{11111111-2222-3333-4444-555555555555}\"><Properties action=\"U\" user=\"0\" name=\"分公司\" "
        "ipAddress=\"vpn.example.com\" useDNS=\"1\" dialFirst=\"\" trayIcon=\"1\" redialCount=\"3\" redialPause=\"60\" "
        "idleDisconnect=\"0\" reconnect=\"1\" customSettings=\"0\" securePassword=\"1\" secureData=\"1\" "
        "useLogon=\"0\" "
        "vpnStrategy=\"RAS_VS_PptpOnly\"/></VPN>\r\n"
        "<VPN name=\"gone\"><Properties action=\"D\" name=\"gone\" ipAddress=\"old.example.com\"/></VPN>\r\n"
        "<DUN name=\"Modem\"><Properties action=\"C\" phoneNumber=\"5550100\"/></DUN>\r\n</NetworkOptions>\r\n");
    QCOMPARE(got.result.entries, std::size_t{3});
    QCOMPARE(got.result.skipped(), std::size_t{2});
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("分公司"));
    QCOMPARE(profile.protocol, Protocol::Pptp);
    QCOMPARE(profile.encryption, Encryption::Required);
    QCOMPARE(profile.redial.attempts, 3U);
    QCOMPARE(profile.redial.pause, std::chrono::seconds(60));
    QCOMPARE(got.argument("tern.formats.entry.removal", 0), std::string("gone"));
    QVERIFY(got.noted("tern.formats.entry.dial-up"));
    QCOMPARE(got.unused(), std::string("Properties/@reconnect, Properties/@useLogon"));
}

void TestWindowsFormats::groupPolicyStrategies_data() {
    QTest::addColumn<QByteArray>("strategy");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("noted");
    QTest::newRow("default") << QByteArray("VS_Default") << int(Protocol::Automatic) << false;
    QTest::newRow("L2TP first") << QByteArray("vs_l2tpfirst") << int(Protocol::Automatic) << false;
    QTest::newRow("number") << QByteArray("7") << int(Protocol::Ikev2) << false;
    QTest::newRow("missing") << QByteArray() << int(Protocol::Automatic) << false;
    QTest::newRow("unknown") << QByteArray("VS_Carrier") << int(Protocol::Automatic) << true;
}

void TestWindowsFormats::groupPolicyStrategies() {
    QFETCH(QByteArray, strategy);
    QFETCH(int, protocol);
    QFETCH(bool, noted);
    const auto got = imported("<NetworkOptions><VPN name=\"a\"><Properties ipAddress=\"192.0.2.1\" vpnStrategy=\"" +
                              strategy.toStdString() + "\" pap=\"1\" eap=\"0\"/></VPN></NetworkOptions>");
    QCOMPARE(int(got.only().protocol), protocol);
    QCOMPARE(got.noted("tern.formats.note.strategy"), noted);
    QVERIFY(allows(got.only(), Method::Pap));
}

void TestWindowsFormats::powershell() {
    const auto got = imported(
        "# Set up by the help desk\r\n<# Add-VpnConnection -Name no #>\r\n$server = \"vpn.example.com\"\r\n"
        "$xml = @'\r\n" +
        std::string(eapXml) +
        "\r\n'@\r\n"
        "Add-VpnConnection -Name '北京 \"Office\"' -ServerAddress $server -TunnelType Ikev2 `\r\n"
        "  -AuthenticationMethod Eap, MachineCertificate -EapConfigXmlStream $xml -SplitTunneling "
        "-RememberCredential:$true "
        "-EncryptionLevel \"Maximum\" -DnsSuffix corp.example.com -PassThru | Out-Null\r\n"
        "Set-VpnConnectionIPsecConfiguration -ConnectionName '北京 \"Office\"' -AuthenticationTransformConstants "
        "GCMAES256 "
        "-CipherTransformConstants GCMAES256 -EncryptionMethod AES256 -IntegrityCheckMethod SHA256 -DHGroup Group14 "
        "-PfsGroup PFSMM -Force\r\n"
        "Add-VpnConnectionRoute -ConnectionName '北京 \"Office\"' -DestinationPrefix 10.0.0.0/8 -RouteMetric 5\r\n"
        "Add-VpnConnectionRoute '北京 \"Office\"' 172.16.0.0/12\r\n"
        "Add-VpnConnectionTriggerApplication -Name '北京 \"Office\"' -ApplicationID notepad.exe\r\n"
        "Set-VpnConnection -Name '北京 \"Office\"' -IdleDisconnectSeconds 600\r\n");
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("北京 \"Office\""));
    QCOMPARE(profile.server(), std::string("vpn.example.com"));
    QCOMPARE(profile.protocol, Protocol::Ikev2);
    QCOMPARE(profile.authentication.method, Method::Peap);
    QVERIFY(allows(profile, Method::MachineCertificate));
    QCOMPARE(profile.encryption, Encryption::Maximum);
    QVERIFY(!profile.routing.fullTunnelIpv4 && profile.authentication.rememberPassword);
    QCOMPARE(profile.ike.policy, std::optional(windowsPolicy));
    QCOMPARE(profile.routing.routes.size(), std::size_t{2});
    QCOMPARE(profile.routing.routes.at(0).metric, 5U);
    QCOMPARE(profile.redial.idleDisconnect, std::chrono::seconds(600));
    QCOMPARE(got.unused(), std::string("Add-VpnConnectionTriggerApplication/ApplicationID"));
}

void TestWindowsFormats::powershellForms_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("computed");
    QTest::newRow("by place") << QByteArray("Add-VpnConnection Office vpn.example.com Sstp") << QByteArray();
    QTest::newRow("short names") << QByteArray("add-vpnconnection -na Office -servera vpn.example.com -tun Sstp")
                                 << QByteArray();
    QTest::newRow("a table")
        << QByteArray("$p = @{\n  Name = 'Office'\n  ServerAddress = \"vpn.example.com\"; TunnelType = 'Sstp'\n}\n"
                      "Add-VpnConnection @p -Force")
        << QByteArray();
    QTest::newRow("in a block") << QByteArray(
                                       "if ($true) { Add-VpnConnection -Name Office -ServerAddress vpn.example.com "
                                       "-TunnelType Sstp }")
                                << QByteArray();
    QTest::newRow("a list") << QByteArray(
                                   "Add-VpnConnection -Name Office -ServerAddress vpn.example.com -TunnelType Sstp "
                                   "-AuthenticationMethod @('MSChapv2')")
                            << QByteArray();
    QTest::newRow("computed") << QByteArray(
                                     "Add-VpnConnection -Name Office -ServerAddress vpn.example.com -TunnelType Sstp "
                                     "-DnsSuffix (Get-Content x).Trim()")
                              << QByteArray("DnsSuffix");
    QTest::newRow("variable in a text")
        << QByteArray("Add-VpnConnection -Name Office -ServerAddress vpn.example.com -TunnelType "
                      "Sstp -DnsSuffix \"$env:USERDNSDOMAIN\"")
        << QByteArray("DnsSuffix");
    QTest::newRow("as a word processor has it")
        << QByteArray("Add-VpnConnection –Name “Office„ —ServerAddress ‘vpn.example.com’ ―TunnelType ‚Sstp‛ "
                      "–DnsSuffix “$env:USERDNSDOMAIN”")
        << QByteArray("DnsSuffix");
    QTest::newRow("lines, as a word processor has them")
        << QByteArray("$server = @’\nvpn.example.com\n‘@\nAdd-VpnConnection Office $server Sstp") << QByteArray();
    QTest::newRow("UTF-16")
        << QByteArray("\xFF\xFE") +
               QByteArray::fromStdString(
                   wide("Add-VpnConnection -Name Office -ServerAddress vpn.example.com -TunnelType Sstp"))
        << QByteArray();
}

void TestWindowsFormats::powershellForms() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, computed);
    const auto got = imported(script.toStdString());
    QCOMPARE(got.only().name, std::string("Office"));
    QCOMPARE(got.only().server(), std::string("vpn.example.com"));
    QCOMPARE(got.only().protocol, Protocol::Sstp);
    QCOMPARE(got.only().authentication.method, Method::Mschapv2);
    QCOMPARE(got.argument("tern.formats.note.computed", 1).substr(0, 9), computed.toStdString());
}

void TestWindowsFormats::powershellKeepsSecretsOut() {
    const auto got =
        imported("$key = 'Herbst''2020'\nAdd-VpnConnection -Name Old -ServerAddress 192.0.2.1 -TunnelType L2tp "
                 "-L2tpPsk $key -AuthenticationMethod Pap -Force\n"
                 "Set-VpnConnectionUsernamePassword -connectionname Old -username anna -password Geh3im\n");
    QCOMPARE(got.secret(ImportedSecret::Kind::L2tpPreSharedKey), std::string("Herbst'2020"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("Geh3im"));
    QCOMPARE(got.only().authentication.username, std::string("anna"));
    QVERIFY(keepsOut(got.result, "Herbst") && keepsOut(got.result, "Geh3im"));
    QVERIFY(allows(got.only(), Method::Pap) && allows(got.only(), Method::Psk));
}

void TestWindowsFormats::getVpnConnection() {
    const std::string one =
        "{\"AllUserConnection\":false,\"Guid\":\"{9A9C}\",\"ServerAddress\":\"vpn.example.com\",\"Name\":\"上海\","
        "\"TunnelType\":\"L2tp\",\"AuthenticationMethod\":[\"MsChapv2\"],\"EncryptionLevel\":\"Required\","
        "\"L2tpIPsecAuth\":"
        "\"Psk\",\"UseWinlogonCredential\":false,\"EapConfigXmlStream\":null,\"ConnectionStatus\":\"Disconnected\","
        "\"RememberCredential\":true,\"SplitTunneling\":true,\"DnsSuffix\":\"\",\"IdleDisconnectSeconds\":0,"
        "\"Routes\":[{\"DestinationPrefix\":\"10.0.0.0/8\",\"RouteMetric\":0}],\"ServerList\":[],\"Proxy\":null,"
        "\"VpnTrigger\":\"yes\"}";
    const auto single = imported(one);
    const auto& profile = single.only();
    QCOMPARE(profile.name, std::string("上海"));
    QCOMPARE(profile.protocol, Protocol::L2tp);
    QVERIFY(allows(profile, Method::Psk) && allows(profile, Method::Mschapv2));
    QVERIFY(!profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.routing.routes.size(), std::size_t{1});
    QCOMPARE(single.unused(), std::string("VpnTrigger"));
    QCOMPARE(imported("[\r\n" + one + ",\r\n" + one + "]").result.profiles.size(), std::size_t{2});
}

void TestWindowsFormats::connectionManager() {
    const auto got =
        imported("[Connection Manager]\r\nCMSFile=corp\\corp.cms\r\nServiceName=Corp VPN\r\nTunnel=1\r\n"
                 "TunnelDUN=Corp VPN Tunnel\r\nTunnelAddress=vpn.example.com\r\nDomain=CORP\r\n"
                 "[Pre-Connect Actions]\r\n0=script.cmd\r\n"
                 "[Server&Other]\r\nRequire_PAP=1\r\n[Networking&Other]\r\nVpnStrategy=1\r\n"
                 "; the tunnel\r\n[Networking&Corp VPN Tunnel]\r\nVpnStrategy=3\r\nVpnEntry=1\r\nUsePreSharedKey=1\r\n"
                 "[Server&Corp VPN Tunnel]\r\nRequire_CHAP=0\r\nRequire_MSCHAP2=1\r\nEncryptionType=2\r\n"
                 "[TCP/IP&Corp VPN Tunnel]\r\nGateway_On_Remote=0\r\nSpecify_Server_Address=1\r\n"
                 "DNS_Address=10.0.0.53\r\n");
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("Corp VPN"));
    QCOMPARE(profile.protocol, Protocol::L2tp);
    QCOMPARE(profile.server(), std::string("vpn.example.com"));
    QCOMPARE(profile.authentication.domain, std::string("CORP"));
    QCOMPARE(profile.authentication.allowed, (std::vector{Method::Mschapv2, Method::Psk}));
    QCOMPARE(profile.encryption, Encryption::Maximum);
    QVERIFY(!profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.dns.servers.size(), std::size_t{1});
    QVERIFY2(got.unused().starts_with("Pre-Connect Actions/0"), got.unused().c_str());
}

void TestWindowsFormats::connectionManagerOdd() {
    const auto list = imported("[Connection Manager]\nServiceName=Corp\nTunnelFile=corp.txt\n");
    QVERIFY(list.noted("tern.formats.entry.server-list"));
    const auto none = imported("[Connection Manager]\nServiceName=Corp\nDialup=1\n");
    QVERIFY(none.noted("tern.formats.entry.no-server"));
    const auto gbk =
        imported(std::string("[Connection Manager]\r\nServiceName=\xB9\xAB\xCB\xBE\xB5\xC4\xCD\xF8\xC2\xE7\r\n"
                             "TunnelAddress=192.0.2.9\r\n"));
    QCOMPARE(gbk.only().name, std::string("公司的网络"));
    QCOMPARE(gbk.result.encoding, std::string("cp936"));
    QVERIFY(gbk.noted("tern.formats.note.encoding-guessed"));
}

void TestWindowsFormats::azureSettings() {
    const auto got = imported(
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><VpnProfile><VpnServer>azuregateway-1.example.net</VpnServer>"
        "<VpnType>IkeV2, SSTP</VpnType><CaCert/><Routes>10.1.0.0/16,10.2.0.0/16</Routes><Auth>EAPTLS</Auth>"
        "<ServerCertRootCn>Root</ServerCertRootCn><CustomDnsServers>10.1.0.4</CustomDnsServers></VpnProfile>");
    const auto& profile = got.only();
    QCOMPARE(profile.protocol, Protocol::Automatic);
    QCOMPARE(profile.originTries, (std::vector{Protocol::Ikev2, Protocol::Sstp}));
    QCOMPARE(profile.authentication.method, Method::EapTls);
    QVERIFY(!profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.routing.routes.size(), std::size_t{2});
    QCOMPARE(got.unused(), std::string());
    const auto openVpn =
        imported("<VpnProfile><VpnServer>a.example.net</VpnServer><VpnType>OpenVPN</VpnType></VpnProfile>");
    QCOMPARE(openVpn.only().protocol, Protocol::Unsupported);
    QCOMPARE(openVpn.only().plugin, std::string("OpenVPN"));
}

void TestWindowsFormats::azureEntra() {
    const auto got =
        imported("<AzVpnProfile><clientauth><aad><tenant>https://login.example.com/t</tenant></aad></clientauth>"
                 "<name>vnet-1</name><serverlist><ServerEntry><fqdn>azuregateway-1.example.net</fqdn></ServerEntry>"
                 "</serverlist><serversecret>a1b2c3d4e5</serversecret></AzVpnProfile>");
    QCOMPARE(got.only().protocol, Protocol::Unsupported);
    QVERIFY(got.only().plugin.find("Entra") != std::string::npos);
    QCOMPARE(got.only().server(), std::string("azuregateway-1.example.net"));
    QVERIFY(got.noted("tern.formats.note.secret-left-out"));
    QVERIFY(keepsOut(got.result, "a1b2c3d4e5"));
}

void TestWindowsFormats::broken_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const QByteArray& bytes, const char* code) {
        QTest::newRow(name) << bytes << QByteArray(code);
    };
    row("ProfileXML cut off", "<VPNProfile><NativeProfile><Servers>a", "tern.formats.broken");
    row("group policy cut off", "<NetworkOptions><VPN name=\"a\">", "tern.formats.broken");
    row("group policy of other things", "<NetworkOptions></NetworkOptions>", "tern.formats.no-vpn");
    row("Azure cut off", "<AzVpnProfile><name>a</nam", "tern.formats.broken");
    row("JSON cut off", "[{\"ServerAddress\":\"a\",", "tern.formats.broken");
    row("script without a connection", "# Add-VpnConnection is what you need\nGet-VpnConnection -Name a\n",
        "tern.formats.no-vpn");
    row("an entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><VPNProfile>&x;</VPNProfile>",
        "tern.formats.entities");
    row("a declaration without an entity", "<!DOCTYPE a [<!ELEMENT a ANY>]><VPNProfile/>", "tern.formats.entities");
    row("entities that grow",
        "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><NetworkOptions>&b;</NetworkOptions>",
        "tern.formats.entities");
    row("endless nesting",
        "<VPNProfile>" + QByteArray("<a>").repeated(100) + QByteArray("</a>").repeated(100) + "</VPNProfile>",
        "tern.formats.too-complex");
    row("other XML", "<?xml version=\"1.0\"?>\n<note/>\n", "tern.formats.other-kind");
    row("a web page", "<!DOCTYPE html>\n<html><body><p>a<br></body></html>\n", "tern.formats.other-kind");
    row("other JSON", "{\"a\": 1}", "tern.formats.other-kind");
}

void TestWindowsFormats::broken() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    const auto result = importAs(bytes.toStdString(), "office.xml");
    QVERIFY(!result.has_value());
    QCOMPARE(QByteArray::fromStdString(result.error().code), code);
    QCOMPARE(result.error().args.at(0), std::string("office.xml"));
}

QTEST_APPLESS_MAIN(TestWindowsFormats)
#include "tst_windows_formats.moc"

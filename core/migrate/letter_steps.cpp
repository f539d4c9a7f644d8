#include "core/migrate/letter_steps.h"

#include <QCoreApplication>

namespace tern::migrate {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::migrate::Letter)
};

class Steps {
public:
    explicit Steps(Document& document)
        : m_document(document) {}

    void add(const QString& heading, const QString& words, const QStringList& commands) {
        m_document.heading(Tr::tr("Step %1: %2").arg(++m_number).arg(heading));
        m_document.paragraph(words);
        if (!commands.isEmpty()) {
            m_document.commands(commands);
        }
    }

private:
    Document& m_document;
    int m_number = 0;
};

void addRole(Steps& steps) {
    steps.add(Tr::tr("Install the role"),
              Tr::tr("Only where Routing and Remote Access is not set up yet. It comes with Windows Server."),
              {u"Install-WindowsFeature -Name DirectAccess-VPN -IncludeManagementTools"_s,
               u"Install-RemoteAccess -VpnType Vpn"_s});
}

void addCertificate(Steps& steps, const QString& server) {
    steps.add(Tr::tr("Get a certificate for the server"),
              Tr::tr("SSTP and IKEv2 prove the server by a certificate. It must be in the computer's store with its "
                     "private key, hold the name that people dial (%1) as a subject alternative name, and have the "
                     "extended key usage “Server Authentication” (1.3.6.1.5.5.7.3.1). If the computer has several, add "
                     "“IP security IKE intermediate” (1.3.6.1.5.5.8.2.2) to the one for IKEv2, so that it is chosen. "
                     "From a public authority it needs nothing on our computers; from your own, please send us the "
                     "authority's certificate. This lists what is there:")
                  .arg(server),
              {u"Get-ChildItem Cert:\\LocalMachine\\My |"_s,
               u"  Where-Object { $_.EnhancedKeyUsageList.ObjectId -contains '1.3.6.1.5.5.7.3.1' } |"_s,
               u"  Format-List Subject, DnsNameList, NotAfter, Thumbprint"_s});
}

void addSstp(Steps& steps) {
    steps.add(
        Tr::tr("Enable SSTP"),
        Tr::tr("Bind the certificate to SSTP (put its thumbprint in the place of THUMBPRINT) and let calls in. "
               "SSTP uses TCP port 443 and gets through nearly every firewall."),
        {u"$cert = Get-Item Cert:\\LocalMachine\\My\\THUMBPRINT"_s, u"Stop-Service RemoteAccess"_s,
         u"Set-RemoteAccess -SslCertificate $cert"_s, u"Start-Service RemoteAccess"_s,
         u"netsh ras set wanports device = \"WAN Miniport (SSTP)\" rasinonly = enabled ddinout = disabled ddoutonly = disabled maxports = 128"_s});
}

void addIkev2(Steps& steps) {
    steps.add(
        Tr::tr("Enable IKEv2"),
        Tr::tr("Let calls in, and allow long messages in pieces (Windows Server 2019 and newer). People sign in by "
               "EAP: enable it here, and choose “Microsoft: Secured password (EAP-MSCHAP v2)” in the network "
               "policy (NPS)."),
        {u"netsh ras set wanports device = \"WAN Miniport (IKEv2)\" rasinonly = enabled ddinout = disabled ddoutonly = disabled maxports = 128"_s,
         u"netsh ras add authtype type = EAP"_s,
         u"New-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\Ikev2' -Name EnableServerFragmentation -PropertyType DWORD -Value 1 -Force"_s});
}

void addPolicy(Steps& steps) {
    steps.add(
        Tr::tr("Harden IKEv2"),
        Tr::tr("By default Windows Server takes 3DES, SHA-1 and a 1024-bit group, which are too weak today. This "
               "sets AES-256, SHA-256 and a 2048-bit group:"),
        {u"Set-VpnServerConfiguration -CustomPolicy -EncryptionMethod AES256 -IntegrityCheckMethod SHA256 -DHGroup Group14 -CipherTransformConstants AES256 -AuthenticationTransformConstants SHA256128 -PfsGroup PFS2048 -PassThru"_s,
         u"Restart-Service RemoteAccess"_s});
}

void addWindowsClients(Document& document) {
    document.paragraph(
        Tr::tr("Windows computers have to be told the same values (put the connection's name in the place "
               "of NAME). Tern needs nothing."));
    document.commands(
        {u"Set-VpnConnectionIPsecConfiguration -ConnectionName 'NAME' -EncryptionMethod AES256 -IntegrityCheckMethod SHA256 -DHGroup Group14 -CipherTransformConstants AES256 -AuthenticationTransformConstants SHA256128 -PfsGroup PFS2048 -Force"_s});
}

void addFirewall(Steps& steps, const StepsWanted& wanted) {
    QStringList rules;
    if (wanted.sstp) {
        rules
            << u"New-NetFirewallRule -DisplayName 'VPN SSTP' -Direction Inbound -Action Allow -Protocol TCP -LocalPort 443"_s;
    }
    if (wanted.ikev2) {
        rules
            << u"New-NetFirewallRule -DisplayName 'VPN IKEv2' -Direction Inbound -Action Allow -Protocol UDP -LocalPort 500,4500"_s;
    }
    steps.add(Tr::tr("Open the ports"),
              Tr::tr("SSTP: TCP 443. IKEv2: UDP 500 and UDP 4500. On the server as below, and on every firewall and "
                     "router in front of it."),
              rules);
}

void addRetired(Steps& steps) {
    steps.add(
        Tr::tr("Switch PPTP and L2TP off"),
        Tr::tr("When everybody has moved. Then close TCP 1723, IP protocol 47 (GRE) and UDP 1701 in the firewall."),
        {u"netsh ras set wanports device = \"WAN Miniport (PPTP)\" rasinonly = disabled ddinout = disabled ddoutonly = disabled maxports = 1"_s,
         u"netsh ras set wanports device = \"WAN Miniport (L2TP)\" rasinonly = disabled ddinout = disabled ddoutonly = disabled maxports = 0"_s,
         u"Restart-Service -Name RasMan -Force"_s});
}

} // namespace

void addSteps(Document& document, const QString& server, const StepsWanted& wanted) {
    document.heading(Tr::tr("How to do it on Windows Server (Routing and Remote Access)"));
    document.paragraph(
        Tr::tr("The commands are for PowerShell, run as administrator. Open connections are cut when the "
               "service is restarted."));
    Steps steps(document);
    if (wanted.role) {
        addRole(steps);
    }
    if (wanted.certificate) {
        addCertificate(steps, server);
    }
    if (wanted.sstp) {
        addSstp(steps);
    }
    if (wanted.ikev2) {
        addIkev2(steps);
    }
    if (wanted.policy) {
        addPolicy(steps);
        addWindowsClients(document);
    }
    if (wanted.sstp || wanted.ikev2) {
        addFirewall(steps, wanted);
    }
    if (wanted.retired) {
        addRetired(steps);
    }
}

} // namespace tern::migrate

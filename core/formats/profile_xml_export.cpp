#include "core/formats/exporters.h"

#include <QByteArray>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace tern::formats {

namespace {

using namespace Qt::StringLiterals;
using profile::Method;
using profile::Profile;
using profile::Protocol;

QString text(std::string_view value) {
    const auto line = oneLine(value);
    return QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
}

QString joined(const std::vector<std::string>& list) {
    QStringList out;
    for (const auto& each : list) {
        out << text(each);
    }
    return out.join(u',');
}

class ProfileXml {
public:
    explicit ProfileXml(const Profile& profile)
        : m_profile(profile)
        , m_xml(&m_bytes) {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(2);
    }

    Written write() {
        const auto& alwaysOn = m_profile.alwaysOn;
        m_xml.writeStartElement(u"VPNProfile"_s);
        element(u"ProfileName"_s, text(m_profile.name));
        native();
        routes();
        names();
        element(u"RememberCredentials"_s, m_profile.authentication.rememberPassword);
        element(u"AlwaysOn"_s, alwaysOn.enabled);
        if (alwaysOn.deviceTunnel) {
            element(u"DeviceTunnel"_s, true);
        }
        if (!alwaysOn.triggered) {
            m_written.insert(Setting::AlwaysOn);
        }
        if (!alwaysOn.trustedNetworks.empty()) {
            element(u"TrustedNetworkDetection"_s, joined(alwaysOn.trustedNetworks));
            m_written.insert(Setting::TrustedNetworks);
        }
        if (m_profile.routing.metric != 0) {
            element(u"IPv4InterfaceMetric"_s, QString::number(m_profile.routing.metric));
        }
        if (const auto outage = m_profile.ike.outage.count(); outage > 0) {
            element(u"NetworkOutageTime"_s, QString::number(outage));
        }
        if (m_profile.ike.mobility && m_profile.ike.tcp == profile::TcpUse::Automatic) {
            m_written.insert(Setting::Mobility);
        }
        m_xml.writeEndElement();
        return {m_bytes.toStdString() + '\n', std::move(m_written)};
    }

private:
    void element(const QString& name, const QString& value) { m_xml.writeTextElement(name, value); }
    void element(const QString& name, bool value) { element(name, value ? u"true"_s : u"false"_s); }

    void native() {
        const auto& routing = m_profile.routing;
        m_xml.writeStartElement(u"NativeProfile"_s);
        Profile dialled = m_profile;
        if (m_profile.protocol != Protocol::Sstp) {
            dialled.port = 0;
        } else {
            m_written.insert(Setting::Port);
        }
        element(u"Servers"_s, text(hostAndPort(dialled)));
        element(u"NativeProtocolType"_s, m_profile.protocol == Protocol::Sstp ? u"SSTP"_s : u"IKEv2"_s);
        authentication();
        const bool split = !routing.fullTunnelIpv4;
        element(u"RoutingPolicyType"_s, split ? u"SplitTunnel"_s : u"ForceTunnel"_s);
        if (routing.fullTunnelIpv4 == routing.fullTunnelIpv6) {
            m_written.insert(Setting::SplitTunnel);
        }
        element(u"DisableClassBasedDefaultRoute"_s, !routing.classRoute);
        if (routing.routesFromSelectors) {
            element(u"PlumbIKEv2TSAsRoutes"_s, true);
        }
        policy();
        m_xml.writeEndElement();
    }

    void authentication() {
        m_xml.writeStartElement(u"Authentication"_s);
        const auto method = m_profile.authentication.method;
        if (method == Method::MachineCertificate) {
            element(u"MachineMethod"_s, u"Certificate"_s);
            m_written.insert(Setting::SignIn);
        } else if (method == Method::Mschapv2) {
            element(u"UserMethod"_s, u"MSChapv2"_s);
            m_written.insert(Setting::SignIn);
        } else if (const auto config = eapHostConfig(m_profile, m_written)) {
            element(u"UserMethod"_s, u"Eap"_s);
            m_xml.writeStartElement(u"Eap"_s);
            m_xml.writeStartElement(u"Configuration"_s);
            // As elements of this file, not as text.
            QXmlStreamReader reader(QByteArray::fromStdString(*config));
            m_xml.setAutoFormatting(false);
            while (!reader.atEnd()) {
                reader.readNext();
                if (!reader.isStartDocument() && !reader.isEndDocument()) {
                    m_xml.writeCurrentToken(reader);
                }
            }
            m_xml.setAutoFormatting(true);
            m_xml.writeEndElement();
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
    }

    void policy() {
        const auto names = m_profile.ike.policy ? windowsPolicy(*m_profile.ike.policy) : std::nullopt;
        if (!names) {
            return;
        }
        m_xml.writeStartElement(u"CryptographySuite"_s);
        element(u"AuthenticationTransformConstants"_s, text(names->espIntegrity));
        element(u"CipherTransformConstants"_s, text(names->espCipher));
        // The schema has underscores in these two.
        const auto cipher = names->cipher == "GCMAES128"   ? u"AES_GCM_128"_s
                            : names->cipher == "GCMAES256" ? u"AES_GCM_256"_s
                                                           : text(names->cipher);
        element(u"EncryptionMethod"_s, cipher);
        element(u"IntegrityCheckMethod"_s, text(names->integrity));
        element(u"DHGroup"_s, text(names->group));
        element(u"PfsGroup"_s, text(names->pfs));
        m_xml.writeEndElement();
        m_written.insert(Setting::Policy);
    }

    void route(const base::IpPrefix& to, std::uint32_t metric, bool excluded) {
        m_xml.writeStartElement(u"Route"_s);
        element(u"Address"_s, text(to.address.text()));
        element(u"PrefixSize"_s, QString::number(to.length));
        if (metric != 0) {
            element(u"Metric"_s, QString::number(metric));
        }
        if (excluded) {
            element(u"ExclusionRoute"_s, true);
        }
        m_xml.writeEndElement();
    }

    void routes() {
        for (const auto& each : m_profile.routing.routes) {
            route(each.to, each.metric, false);
        }
        for (const auto& each : m_profile.routing.excluded) {
            route(each, 0, true);
        }
        m_written.insert({Setting::Routes, Setting::Excluded});
    }

    void names() {
        const auto& dns = m_profile.dns;
        // Windows has name servers for names only.
        std::vector<std::string> servers;
        for (const auto& each : dns.servers) {
            servers.push_back(each.text());
        }
        for (const auto& each : dns.domains) {
            m_xml.writeStartElement(u"DomainNameInformation"_s);
            // With a dot in front: the names below it, too.
            element(u"DomainName"_s, u'.' + text(each));
            if (!servers.empty()) {
                element(u"DnsServers"_s, joined(servers));
                m_written.insert(Setting::DnsServers);
            }
            m_xml.writeEndElement();
        }
        if (!dns.suffix.empty()) {
            element(u"DnsSuffix"_s, text(dns.suffix));
        }
        if (dns.registerAddress) {
            element(u"RegisterDNS"_s, true);
        }
        m_written.insert(Setting::DnsDomains);
    }

    const Profile& m_profile;
    Settings m_written;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

} // namespace

Written writeProfileXml(const Profile& profile) {
    return ProfileXml(profile).write();
}

} // namespace tern::formats

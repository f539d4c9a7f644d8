#include "core/formats/exporters.h"

#include <QByteArray>
#include <QUuid>
#include <QXmlStreamWriter>

namespace tern::formats {

namespace {

using namespace Qt::StringLiterals;
using profile::Method;
using profile::Profile;

QString text(std::string_view value) {
    const auto line = oneLine(value);
    return QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
}

class Plist {
public:
    explicit Plist(const Profile& profile)
        : m_profile(profile)
        , m_id(text(profile.id))
        , m_xml(&m_bytes) {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
    }

    Written write() {
        m_xml.writeStartDocument();
        m_xml.writeDTD(u"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                       "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"_s);
        m_xml.writeStartElement(u"plist"_s);
        m_xml.writeAttribute(u"version"_s, u"1.0"_s);
        m_xml.writeStartElement(u"dict"_s);
        payload(u"Configuration"_s, u"org.ternvpn.profile."_s + m_id, m_id);
        key(u"PayloadContent"_s);
        m_xml.writeStartElement(u"array"_s);
        connection();
        authorities();
        m_xml.writeEndDocument();
        return {m_bytes.toStdString(), std::move(m_written)};
    }

private:
    void key(const QString& name) { m_xml.writeTextElement(u"key"_s, name); }
    void add(const QString& name, const QString& value) {
        key(name);
        m_xml.writeTextElement(u"string"_s, value);
    }
    void add(const QString& name, int value) {
        key(name);
        m_xml.writeTextElement(u"integer"_s, QString::number(value));
    }
    void openDict(const QString& name) {
        key(name);
        m_xml.writeStartElement(u"dict"_s);
    }
    void array(const QString& name, const std::vector<std::string>& list) {
        key(name);
        m_xml.writeStartElement(u"array"_s);
        for (const auto& each : list) {
            m_xml.writeTextElement(u"string"_s, text(each));
        }
        m_xml.writeEndElement();
    }

    // The same connection always has the same identifiers, so that a new export replaces the old one on the device.
    void payload(const QString& type, const QString& identifier, const QString& uuid) {
        add(u"PayloadType"_s, type);
        add(u"PayloadVersion"_s, 1);
        add(u"PayloadIdentifier"_s, identifier);
        add(u"PayloadUUID"_s, uuid.toUpper());
        add(u"PayloadDisplayName"_s, text(m_profile.name));
    }
    void innerPayload(const QString& type, const QString& part) {
        const auto uuid = QUuid::createUuidV5(QUuid::fromString(m_id), part).toString(QUuid::WithoutBraces);
        payload(type, u"org.ternvpn.profile."_s + m_id + u'.' + part, uuid);
    }

    void connection() {
        m_xml.writeStartElement(u"dict"_s);
        innerPayload(u"com.apple.vpn.managed"_s, u"vpn"_s);
        add(u"UserDefinedName"_s, text(m_profile.name));
        add(u"VPNType"_s, u"IKEv2"_s);
        openDict(u"IKEv2"_s);
        const auto& trust = m_profile.trust;
        add(u"RemoteAddress"_s, text(m_profile.server()));
        add(u"RemoteIdentifier"_s, text(!trust.remoteIdentity.empty() ? trust.remoteIdentity
                                        : !trust.serverName.empty()   ? trust.serverName
                                                                      : m_profile.server()));
        add(u"LocalIdentifier"_s, text(trust.localIdentity));
        signIn();
        policy();
        if (!m_profile.ike.mobility) {
            add(u"DisableMOBIKE"_s, 1);
        }
        if (m_profile.ike.outage.count() == 0 && m_profile.ike.tcp == profile::TcpUse::Automatic) {
            m_written.insert(Setting::Mobility);
        }
        if (m_profile.routing.routesFromSelectors) {
            add(u"UseConfigurationAttributeInternalIPSubnet"_s, 1);
        }
        add(u"EnableCertificateRevocationCheck"_s, trust.revocation == profile::Revocation::Off ? 0 : 1);
        if (trust.revocation != profile::Revocation::Strict) {
            m_written.insert(Setting::Revocation);
        }
        m_xml.writeEndElement();
        dns();
        m_xml.writeEndElement();
        m_written.insert({Setting::ServerIdentity, Setting::OwnIdentity});
    }

    void signIn() {
        const auto& authentication = m_profile.authentication;
        const auto method = authentication.method;
        const bool certificate = method == Method::EapTls || method == Method::MachineCertificate;
        const bool eap = method != Method::Psk && method != Method::MachineCertificate;
        add(u"AuthenticationMethod"_s, method == Method::Psk ? u"SharedSecret"_s
                                       : certificate         ? u"Certificate"_s
                                                             : u"None"_s);
        add(u"ExtendedAuthEnabled"_s, eap ? 1 : 0);
        if (!authentication.username.empty()) {
            add(u"AuthName"_s, text(authentication.login()));
        }
        m_written.insert(Setting::User);
        const bool plain =
            certificate || method == Method::Psk || method == Method::EapMschapv2 || method == Method::Unknown;
        if (plain && !authentication.certificateFirst) {
            m_written.insert(Setting::SignIn);
        }
    }

    void association(const QString& name, const std::string& cipher, const std::string& integrity,
                     const std::string& group) {
        openDict(name);
        add(u"EncryptionAlgorithm"_s, text(cipher));
        add(u"IntegrityAlgorithm"_s, text(integrity));
        add(u"DiffieHellmanGroup"_s, text(group).toInt());
        m_xml.writeEndElement();
    }

    void policy() {
        const auto names = m_profile.ike.policy ? applePolicy(*m_profile.ike.policy) : std::nullopt;
        if (!names) {
            return;
        }
        association(u"IKESecurityAssociationParameters"_s, names->cipher, names->integrity, names->group);
        association(u"ChildSecurityAssociationParameters"_s, names->espCipher, names->espIntegrity,
                    names->pfs.empty() ? names->group : names->pfs);
        add(u"EnablePFS"_s, names->pfs.empty() ? 0 : 1);
        m_written.insert(Setting::Policy);
    }

    void dns() {
        const auto& settings = m_profile.dns;
        if (settings.servers.empty()) {
            return; // the payload has names only beside servers
        }
        openDict(u"DNS"_s);
        std::vector<std::string> servers;
        for (const auto& each : settings.servers) {
            servers.push_back(each.text());
        }
        array(u"ServerAddresses"_s, servers);
        if (!settings.domains.empty()) {
            array(u"SearchDomains"_s, settings.domains);
        }
        if (!settings.suffix.empty()) {
            add(u"DomainName"_s, text(settings.suffix));
        }
        m_xml.writeEndElement();
        m_written.insert(Setting::DnsServers);
        if (!settings.registerAddress) {
            m_written.insert(Setting::DnsDomains);
        }
    }

    void authorities() {
        int number = 0;
        for (const auto& each : certificatesOf(m_profile.trust.caPem)) {
            m_xml.writeStartElement(u"dict"_s);
            innerPayload(u"com.apple.security.root"_s, u"authority"_s + QString::number(++number));
            key(u"PayloadContent"_s);
            m_xml.writeTextElement(u"data"_s, text(each));
            m_xml.writeEndElement();
        }
        m_written.insert(Setting::Authority);
    }

    const Profile& m_profile;
    QString m_id;
    Settings m_written;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

} // namespace

Written writeMobileConfig(const Profile& profile) {
    return Plist(profile).write();
}

} // namespace tern::formats

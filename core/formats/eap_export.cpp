// EapHostConfig as Windows' programs take it (MS-GPWL §2.2.3.1 and the schemas EapHostConfig,
// BaseEapConnectionPropertiesV1, MsChapV2-, EapTls-, MsPeap- and EapTtlsConnectionPropertiesV1).
#include "core/formats/exporters.h"

#include <QByteArray>
#include <QXmlStreamWriter>
#include <algorithm>

namespace tern::formats {

namespace {

using namespace Qt::StringLiterals;
using profile::Method;
using profile::Profile;

constexpr const char* base = "http://www.microsoft.com/provisioning/";

QString space(const char* name) {
    return QString::fromLatin1(base) + QString::fromLatin1(name);
}

QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

class EapWriter {
public:
    EapWriter(const Profile& profile, Settings& written)
        : m_profile(profile)
        , m_written(written)
        , m_xml(&m_bytes) {}

    std::optional<std::string> write() {
        const auto type = typeOf(m_profile.authentication.method);
        if (type == 0) {
            return std::nullopt;
        }
        open(u"EapHostConfig"_s, "EapHostConfig");
        m_xml.writeStartElement(u"EapMethod"_s);
        for (const auto& [name, value] :
             {std::pair(u"Type"_s, type), std::pair(u"VendorId"_s, 0), std::pair(u"VendorType"_s, 0),
              std::pair(u"AuthorId"_s, type == 21 ? 311 : 0)}) {
            open(name, "EapCommon");
            m_xml.writeCharacters(QString::number(value));
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        open(u"Config"_s, "EapHostConfig");
        type == 21 ? writeTtls() : writeEap(m_profile.authentication.method);
        m_xml.writeEndDocument();
        return m_bytes.toStdString();
    }

private:
    static int typeOf(Method method) {
        switch (method) {
        case Method::EapTls:
            return 13;
        case Method::Ttls:
            return 21;
        case Method::Peap:
            return 25;
        case Method::EapMschapv2:
        case Method::Unknown:
            return 26;
        default:
            return 0;
        }
    }

    void open(const QString& name, const char* itsSpace) {
        m_xml.writeStartElement(name);
        m_xml.writeDefaultNamespace(space(itsSpace));
    }

    void flag(const QString& name, bool value) { m_xml.writeTextElement(name, value ? u"true"_s : u"false"_s); }

    void flagOf(const QString& name, const char* itsSpace, bool value) {
        open(name, itsSpace);
        m_xml.writeCharacters(value ? u"true"_s : u"false"_s);
        m_xml.writeEndElement();
    }

    [[nodiscard]] bool validated() const { return m_profile.trust.eapServerValidated != false; }

    void validation(const QString& thumbprint) {
        QStringList names;
        for (const auto& each : m_profile.trust.eapServerNames) {
            names << text(each);
        }
        m_xml.writeStartElement(u"ServerValidation"_s);
        // Nobody is asked: who says yes to a stranger's certificate has lost the password.
        flag(u"DisableUserPromptForServerValidation"_s, validated());
        m_xml.writeTextElement(u"ServerNames"_s, names.join(u';'));
        for (const auto& each : m_profile.trust.eapRootSha1) {
            m_xml.writeTextElement(thumbprint, text(each));
        }
        m_xml.writeEndElement();
        m_written.insert(Setting::EapServer);
    }

    void writeEap(Method method) {
        open(u"Eap"_s, "BaseEapConnectionPropertiesV1");
        m_xml.writeTextElement(u"Type"_s, QString::number(typeOf(method)));
        if (method == Method::EapTls) {
            writeTls();
        } else if (method == Method::Peap) {
            writePeap();
        } else {
            open(u"EapType"_s, "MsChapV2ConnectionPropertiesV1");
            flag(u"UseWinLogonCredentials"_s, false);
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
    }

    void writeTls() {
        open(u"EapType"_s, "EapTlsConnectionPropertiesV1");
        m_xml.writeStartElement(u"CredentialsSource"_s);
        m_xml.writeStartElement(u"CertificateStore"_s);
        flag(u"SimpleCertSelection"_s, true);
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        if (!m_nested) {
            validation(u"TrustedRootCA"_s);
        }
        flag(u"DifferentUsername"_s, false);
        flagOf(u"PerformServerValidation"_s, "EapTlsConnectionPropertiesV2", validated());
        flagOf(u"AcceptServerName"_s, "EapTlsConnectionPropertiesV2", !m_profile.trust.eapServerNames.empty());
        m_xml.writeEndElement();
    }

    void writePeap() {
        const auto& authentication = m_profile.authentication;
        const bool tls = std::ranges::find(authentication.inner, Method::EapTls) != authentication.inner.end();
        open(u"EapType"_s, "MsPeapConnectionPropertiesV1");
        validation(u"TrustedRootCA"_s);
        flag(u"FastReconnect"_s, true);
        flag(u"InnerEapOptional"_s, false);
        m_nested = true;
        writeEap(tls ? Method::EapTls : Method::EapMschapv2);
        flag(u"EnableQuarantineChecks"_s, false);
        flag(u"RequireCryptoBinding"_s, authentication.requireCryptobinding);
        m_xml.writeStartElement(u"PeapExtensions"_s);
        flagOf(u"PerformServerValidation"_s, "MsPeapConnectionPropertiesV2", validated());
        flagOf(u"AcceptServerName"_s, "MsPeapConnectionPropertiesV2", !m_profile.trust.eapServerNames.empty());
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        const std::vector<Method> said{tls ? Method::EapTls : Method::EapMschapv2};
        if ((authentication.inner.empty() || authentication.inner == said) && authentication.outerIdentity.empty() &&
            !authentication.eapTls13) {
            m_written.insert(Setting::InnerSignIn);
        }
    }

    void writeTtls() {
        const auto& authentication = m_profile.authentication;
        open(u"EapTtls"_s, "EapTtlsConnectionPropertiesV1");
        validation(u"TrustedRootCAHash"_s);
        const bool pap = authentication.inner.size() == 1 && authentication.inner.front() == Method::Pap;
        m_xml.writeStartElement(u"Phase2Authentication"_s);
        if (pap) {
            m_xml.writeEmptyElement(u"PAPAuthentication"_s);
        } else {
            m_xml.writeStartElement(u"MSCHAPv2Authentication"_s);
            flag(u"UseWinlogonCredentials"_s, false);
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        m_xml.writeStartElement(u"Phase1Identity"_s);
        flag(u"IdentityPrivacy"_s, !authentication.outerIdentity.empty());
        if (!authentication.outerIdentity.empty()) {
            m_xml.writeTextElement(u"AnonymousIdentity"_s, text(authentication.outerIdentity));
        }
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        const std::vector<Method> said{pap ? Method::Pap : Method::Mschapv2};
        if ((authentication.inner.empty() || authentication.inner == said) && !authentication.eapTls13 &&
            !authentication.requireCryptobinding) {
            m_written.insert(Setting::InnerSignIn);
        }
    }

    const Profile& m_profile;
    Settings& m_written;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
    bool m_nested = false;
};

} // namespace

std::optional<std::string> eapHostConfig(const Profile& profile, Settings& written) {
    auto xml = EapWriter(profile, written).write();
    if (xml && !profile.authentication.certificateFirst) {
        written.insert(Setting::SignIn);
    }
    return xml;
}

} // namespace tern::formats

#include "core/formats/exporters.h"
#include "core/formats/strongswan_export.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tern::formats {

namespace {

using namespace Qt::StringLiterals;
using profile::Method;
using profile::Profile;

QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString typeOf(const Profile& profile, Settings& written) {
    const auto method = profile.authentication.method;
    const bool first = profile.authentication.certificateFirst;
    const bool eap = method == Method::EapMschapv2 || method == Method::Unknown;
    if (eap || (method == Method::EapTls && !first) || (method == Method::MachineCertificate && !first)) {
        written.insert(Setting::SignIn);
    }
    return method == Method::EapTls               ? u"ikev2-eap-tls"_s
           : method == Method::MachineCertificate ? u"ikev2-cert"_s
           : first                                ? u"ikev2-cert-eap"_s
                                                  : u"ikev2-eap"_s;
}

QJsonObject remoteOf(const Profile& profile, Settings& written) {
    QJsonObject remote{{u"addr"_s, text(profile.server())}};
    if (profile.port != 0) {
        remote.insert(u"port"_s, profile.port);
    }
    written.insert(Setting::Port);
    if (const auto identity = serverIdentity(profile); !identity.empty()) {
        remote.insert(u"id"_s, text(identity));
        written.insert(Setting::ServerIdentity);
    }
    // There is room for one.
    if (const auto authorities = certificatesOf(profile.trust.caPem); authorities.size() == 1) {
        remote.insert(u"cert"_s, text(authorities.front()));
        written.insert(Setting::Authority);
    }
    if (profile.trust.revocation == profile::Revocation::Strict) {
        remote.insert(u"revocation"_s, QJsonObject{{u"strict"_s, true}});
    } else if (profile.trust.revocation == profile::Revocation::Off) {
        remote.insert(u"revocation"_s, QJsonObject{{u"crl"_s, false}, {u"ocsp"_s, false}});
    }
    written.insert(Setting::Revocation);
    return remote;
}

QJsonObject localOf(const Profile& profile, Settings& written) {
    QJsonObject local;
    if (const auto login = profile.authentication.login(); !login.empty()) {
        local.insert(u"eap_id"_s, text(login));
        written.insert(Setting::User);
    }
    if (!profile.trust.localIdentity.empty()) {
        local.insert(u"id"_s, text(profile.trust.localIdentity));
        written.insert(Setting::OwnIdentity);
    }
    return local;
}

void addTunnel(const Profile& profile, QJsonObject& root, Settings& written) {
    QJsonObject split;
    if (const auto subnets = selectorsOf(profile, written); !subnets.empty()) {
        QJsonArray list;
        for (const auto& each : subnets) {
            list.append(text(each));
        }
        split.insert(u"subnets"_s, list);
    }
    QJsonArray excluded;
    for (const auto& each : profile.routing.excluded) {
        excluded.append(text(each.text()));
    }
    if (!excluded.isEmpty()) {
        split.insert(u"excluded"_s, excluded);
        written.insert(Setting::Excluded);
    }
    if (!split.isEmpty()) {
        root.insert(u"split-tunneling"_s, split);
    }
    QJsonArray servers;
    for (const auto& each : profile.dns.servers) {
        servers.append(text(each.text()));
    }
    if (!servers.isEmpty()) {
        root.insert(u"dns-servers"_s, servers);
        written.insert(Setting::DnsServers);
    }
    if (const auto proposals = proposalsOf(profile, written)) {
        root.insert(u"ike-proposal"_s, text(proposals->ike));
        root.insert(u"esp-proposal"_s, text(proposals->esp));
    }
}

} // namespace

Written writeSswan(const Profile& profile) {
    Written written;
    QJsonObject root{{u"uuid"_s, text(profile.id)},
                     {u"name"_s, text(oneLine(profile.name))},
                     {u"type"_s, typeOf(profile, written.settings)},
                     {u"remote"_s, remoteOf(profile, written.settings)}};
    if (const auto local = localOf(profile, written.settings); !local.isEmpty()) {
        root.insert(u"local"_s, local);
    }
    addTunnel(profile, root, written.settings);
    written.text = QJsonDocument(root).toJson(QJsonDocument::Indented).toStdString();
    return written;
}

} // namespace tern::formats

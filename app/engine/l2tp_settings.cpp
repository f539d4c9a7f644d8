#include "app/engine/l2tp_settings.h"

#include <QUuid>
#include <QtEndian>
#include <array>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;
using profile::Method;

QString text(const base::SecureBytes& secret) {
    return QString::fromUtf8(reinterpret_cast<const char*>(secret.data()), static_cast<qsizetype>(secret.size()));
}

// What the origin does not allow, the plug-in must not take either; without a word of the origin only MS-CHAPv2 is
// left.
void refuseMethods(const profile::Profile& profile, NmStrings& data) {
    struct Row {
        Method method;
        const char* key;
    };
    constexpr std::array rows{Row{Method::Pap, "refuse-pap"}, Row{Method::Chap, "refuse-chap"},
                              Row{Method::Mschap, "refuse-mschap"}};
    for (const auto& row : rows) {
        if (!profile.authentication.allows(row.method)) {
            data.insert(QString::fromLatin1(row.key), u"yes"_s);
        }
    }
}

NmStrings vpnData(const profile::Profile& profile, const L2tpSecrets& secrets) {
    NmStrings data{{u"gateway"_s, QString::fromStdString(profile.server())}, {u"password-flags"_s, u"0"_s}};
    const auto slash = secrets.username.indexOf(u'\\');
    data.insert(u"user"_s, secrets.username.mid(slash + 1));
    if (slash > 0) {
        data.insert(u"domain"_s, secrets.username.left(slash));
    }
    refuseMethods(profile, data);
    if (profile.l2tp.withoutIpsec) {
        using profile::Encryption;
        if (profile.encryption == Encryption::Required || profile.encryption == Encryption::Maximum) {
            data.insert(u"require-mppe"_s, u"yes"_s);
        }
        return data;
    }
    data.insert(u"ipsec-enabled"_s, u"yes"_s);
    const auto& own = profile.authentication.certificate;
    if (hasL2tpSharedKey(profile)) {
        data.insert(u"machine-auth-type"_s, u"psk"_s);
        data.insert(u"ipsec-psk-flags"_s, u"0"_s);
    } else {
        data.insert(u"machine-auth-type"_s, u"tls"_s);
        data.insert(u"machine-cert"_s, QString::fromStdString(own.source));
        data.insert(u"machine-key"_s, QString::fromStdString(own.key.empty() ? own.source : own.key));
    }
    return data;
}

QVariantMap ipv4(const profile::Profile& profile) {
    QVariantMap map{{u"method"_s, u"auto"_s}, {u"never-default"_s, !profile.routing.fullTunnelIpv4}};
    QList<QVariantMap> routes;
    for (const auto& route : profile.routing.routes) {
        if (!route.to.address.isV6()) {
            routes << QVariantMap{{u"dest"_s, QString::fromStdString(route.to.address.text())},
                                  {u"prefix"_s, uint(route.to.length)}};
        }
    }
    if (!routes.isEmpty()) {
        map.insert(u"route-data"_s, QVariant::fromValue(routes));
    }
    QStringList domains;
    for (const auto& domain : profile.dns.domains) {
        domains << QString::fromStdString(domain);
    }
    if (!domains.isEmpty()) {
        map.insert(u"dns-search"_s, domains);
    }
    QList<uint> servers; // "au": each as it stands on the wire
    for (const auto& server : profile.dns.servers) {
        if (!server.isV6()) {
            servers << qFromUnaligned<quint32>(server.bytes().data());
        }
    }
    if (!servers.isEmpty()) {
        map.insert(u"dns"_s, QVariant::fromValue(servers));
    }
    return map;
}

} // namespace

bool hasL2tpSharedKey(const profile::Profile& profile) {
    return !profile.l2tp.withoutIpsec && profile.authentication.allows(Method::Psk);
}

NmSettings l2tpSettings(const profile::Profile& profile, const L2tpSecrets& secrets, const QString& owner) {
    NmStrings hidden{{u"password"_s, text(secrets.password)}};
    if (!secrets.sharedKey.empty()) {
        hidden.insert(u"ipsec-psk"_s, text(secrets.sharedKey));
    }
    return {{u"connection"_s,
             {{u"id"_s, QString::fromStdString(profile.name)},
              {u"type"_s, u"vpn"_s},
              {u"uuid"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
              {u"autoconnect"_s, false},
              {u"permissions"_s, QStringList{u"user:"_s + owner + u':'}}}},
            {u"vpn"_s,
             {{u"service-type"_s, u"org.freedesktop.NetworkManager.l2tp"_s},
              {u"data"_s, QVariant::fromValue(vpnData(profile, secrets))},
              {u"secrets"_s, QVariant::fromValue(hidden)}}},
            {u"ipv4"_s, ipv4(profile)},
            {u"ipv6"_s, {{u"method"_s, u"ignore"_s}}}};
}

} // namespace tern::engine

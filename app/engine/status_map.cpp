#include "app/engine/status_map.h"

#include "app/engine/profile_map.h"
#include "core/legacy/assess.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// What there is while the tunnel stands.
void addTunnel(QVariantMap& map, const connection::Status& status) {
    QStringList addresses;
    for (const auto& address : status.addresses) {
        addresses << text(address.address.text());
    }
    QStringList dns;
    for (const auto& server : status.dns) {
        dns << text(server.text());
    }
    QStringList nbns;
    for (const auto& server : status.nbns) {
        nbns << text(server.text());
    }
    QStringList domains;
    for (const auto& domain : status.domains) {
        domains << text(domain);
    }
    QStringList routes;
    for (const auto& route : status.routes) {
        routes << text(route.text());
    }
    map.insert(u"addresses"_s, addresses);
    map.insert(u"dns"_s, dns);
    if (status.protocol == "l2tp") {
        return; // NetworkManager has the rest
    }
    map.insert(u"transport"_s, status.streamPort != 0 ? u"tcp"_s : u"udp"_s);
    map.insert(u"port"_s, status.streamPort != 0 ? uint(status.streamPort) : 4500U);
    map.insert(u"nbns"_s, nbns);
    map.insert(u"domains"_s, domains);
    map.insert(u"routes"_s, routes);
    map.insert(u"mtu"_s, status.mtu);
    map.insert(u"cipher"_s, text(status.cipher));
    map.insert(u"ike-cipher"_s, text(status.ikeCipher));
    map.insert(u"binding"_s, text(status.binding));
    map.insert(u"proxy"_s, text(status.proxy));
    map.insert(u"post-quantum"_s, text(status.postQuantum));
    if (const auto finding = legacy::assessAgreed(status.weakAlgorithms)) {
        map.insert(u"findings"_s, QVariantList{QVariant(findingMap(*finding))});
    }
    map.insert(u"interface"_s, text(status.interface));
    map.insert(u"received"_s, static_cast<qulonglong>(status.received));
    map.insert(u"sent"_s, static_cast<qulonglong>(status.sent));
}

} // namespace

QVariantMap statusMap(const profile::Profile& profile, const connection::Status& status) {
    using connection::StateName;
    const auto state = text(connection::publicState(status.state));
    QVariantMap map{
        {u"id"_s, text(profile.id)},
        {u"name"_s, text(profile.name)},
        {u"state"_s, state},
        {u"since"_s, static_cast<qlonglong>(status.since)},
        {u"protocol"_s, text(status.protocol.empty() ? profile::protocolName(profile.protocol) : status.protocol)}};
    if (state == u"connecting"_s) {
        map.insert(u"stage"_s, text(connection::stageName(status.stage)));
        map.insert(u"reconnecting"_s, status.reconnecting);
    }
    if (status.server) {
        map.insert(u"server"_s, text(status.server->text()));
    }
    if (status.state == StateName::Connected || status.state == StateName::Disconnecting || status.reconnecting) {
        addTunnel(map, status);
    }
    if (status.certificates) {
        map.insert(u"certificate"_s, text(status.certificates->revocation));
    }
    // While connected it is a warning.
    if (status.error && (status.state == StateName::Failed || status.state == StateName::Connected)) {
        map.insert(u"error"_s, dbus::toMap(*status.error));
    }
    return map;
}

} // namespace tern::engine

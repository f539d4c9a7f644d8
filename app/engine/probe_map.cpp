#include "app/engine/probe_map.h"

#include "app/dbus/types.h"
#include "app/engine/profile_map.h"
#include "app/engine/server_trust.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

// A key may be added under the same number; one that goes or changes its meaning makes a new one.
constexpr uint format = 1;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

template<typename List, typename Each>
QVariantList listOf(const List& list, Each each) {
    QVariantList maps;
    for (const auto& entry : list) {
        maps << QVariant(each(entry));
    }
    return maps;
}

QStringList texts(const std::vector<std::string>& list) {
    QStringList result;
    for (const auto& entry : list) {
        result << text(entry);
    }
    return result;
}

QVariantMap doorMap(const probe::Door& door) {
    QVariantMap map{{u"transport"_s, text(probe::name(door.transport))},
                    {u"address"_s, text(door.endpoint.address.text())},
                    {u"port"_s, uint{door.endpoint.port}},
                    {u"verdict"_s, text(probe::name(door.verdict))}};
    if (door.answered) {
        map.insert(u"answered"_s, static_cast<qlonglong>(door.answered->count()));
    }
    return map;
}

QVariantMap roadMap(const probe::Road& road) {
    auto map = dbus::toMap(road.words);
    map.insert(u"protocol"_s, text(probe::name(road.protocol)));
    map.insert(u"verdict"_s, text(probe::name(road.verdict)));
    map.insert(u"doors"_s, listOf(road.doors, doorMap));
    map.insert(u"findings"_s, listOf(road.findings, findingMap));
    return map;
}

QVariantMap ikev2Map(const probe::Ikev2Facts& facts) {
    return {{u"suite"_s, text(facts.suite)},
            {u"weak-suite"_s, text(facts.weakSuite)},
            {u"refusal"_s, text(facts.refusal)},
            {u"key-exchange"_s, text(facts.keyExchange)},
            {u"mobike"_s, text(probe::name(facts.mobike))},
            {u"fragmentation"_s, facts.fragmentation},
            {u"redirect"_s, facts.redirect},
            {u"childless"_s, facts.childless},
            {u"intermediate"_s, facts.intermediate},
            {u"cookie"_s, facts.cookie},
            {u"signature-hashes"_s, facts.signatureHashes},
            {u"ml-kem"_s, text(facts.mlKem)},
            {u"vendors"_s, texts(facts.vendors)}};
}

QVariantMap sstpMap(const probe::SstpFacts& facts) {
    QVariantMap map{{u"answer"_s, text(probe::name(facts.answer))},
                    {u"tls"_s, QVariantMap{{u"1.0"_s, text(probe::name(facts.tls10))},
                                           {u"1.1"_s, text(probe::name(facts.tls11))},
                                           {u"1.2"_s, text(probe::name(facts.tls12))},
                                           {u"1.3"_s, text(probe::name(facts.tls13))}}},
                    {u"cipher"_s, text(facts.cipher)},
                    {u"trusted"_s, text(probe::name(facts.trusted))},
                    {u"name-matches"_s, text(probe::name(facts.nameMatches))},
                    {u"server-usage"_s, text(probe::name(facts.serverUsage))},
                    {u"certificate-problems"_s,
                     listOf(facts.certificateProblems, [](const base::Error& error) { return dbus::toMap(error); })},
                    {u"chain"_s, listOf(facts.chain, describeCertificate)}};
    if (facts.refusal) {
        map.insert(u"refusal"_s, dbus::toMap(*facts.refusal));
    }
    return map;
}

QVariantMap l2tpMap(const probe::L2tpFacts& facts) {
    return {{u"ikev1"_s, text(probe::name(facts.ikev1))},
            {u"suite"_s, text(facts.suite)},
            {u"plain"_s, facts.plain},
            {u"host"_s, text(facts.host)},
            {u"vendor"_s, text(facts.vendor)},
            {u"ike-vendors"_s, texts(facts.ikeVendors)}};
}

} // namespace

QVariantMap probeMap(const probe::Result& result) {
    QStringList addresses;
    for (const auto& address : result.addresses) {
        addresses << text(address.text());
    }
    QVariantList roads;
    for (const auto* road : {&result.ikev2, &result.sstp, &result.pptp, &result.l2tp}) {
        roads << QVariant(roadMap(*road));
    }
    auto map = dbus::toMap(result.words);
    map.insert({{u"format"_s, format},
                {u"host"_s, text(result.host)},
                {u"sstp-port"_s, uint{result.sstpPort}},
                {u"addresses"_s, addresses},
                {u"took"_s, static_cast<qlonglong>(result.took.count())},
                {u"through-vpn"_s, result.throughVpn},
                {u"advice"_s, text(probe::name(result.advice))},
                {u"roads"_s, roads},
                {u"ikev2"_s, ikev2Map(result.ikev2Facts)},
                {u"sstp"_s, sstpMap(result.sstpFacts)},
                {u"pptp"_s, QVariantMap{{u"host"_s, text(result.pptpFacts.host)},
                                        {u"vendor"_s, text(result.pptpFacts.vendor)},
                                        {u"firmware"_s, uint{result.pptpFacts.firmware}}}},
                {u"l2tp"_s, l2tpMap(result.l2tpFacts)}});
    return map;
}

} // namespace tern::engine

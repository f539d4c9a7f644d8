#include "app/ctl/probe_command.h"

#include "app/ctl/certificate_command.h"
#include "app/ctl/console.h"
#include "app/ctl/json.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"
#include "core/audit/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Probe)
};

QString field(const QVariantMap& map, QLatin1String key) {
    return map.value(key).toString();
}

QString protocolText(const QString& protocol) {
    return protocol == "ikev2"_L1 ? QStringLiteral("IKEv2") : protocol.toUpper();
}

// Of a road or one of its doors.
QString verdictText(const QString& verdict, const QString& protocol = {}) {
    const auto which = profile::protocolFromName(protocol.toStdString()).value_or(profile::Protocol::Ikev2);
    return audit::verdictWords(which, verdict.toStdString());
}

void line(QString& text, const QString& name, const QString& value) {
    if (!value.isEmpty()) {
        text += u"  "_s + name + u": "_s + printable(value) + u'\n';
    }
}

QString doorText(const QVariantMap& door) {
    const auto address = field(door, "address"_L1);
    const auto shown = address.contains(u':') ? u'[' + address + u']' : address;
    auto text = field(door, "transport"_L1).toUpper() + u' ' + shown + u':' + field(door, "port"_L1) + u' ' +
                verdictText(field(door, "verdict"_L1));
    if (door.contains(u"answered"_s)) {
        text += u" ("_s + Tr::tr("%1 ms").arg(door.value("answered"_L1).toLongLong()) + u')';
    }
    return text;
}

QString roadText(const QVariantMap& road) {
    QString text = protocolText(field(road, "protocol"_L1)) + u": "_s + printable(field(road, "sentence"_L1)) + u'\n';
    if (field(road, "verdict"_L1) != "open"_L1 || field(road, "protocol"_L1).startsWith("ike"_L1)) {
        line(text, Tr::tr("what to do"), field(road, "remedy"_L1));
    }
    const auto doors = road.value("doors"_L1).toList();
    for (const auto& door : doors) {
        text += u"  "_s + doorText(door.toMap()) + u'\n';
    }
    const auto findings = road.value("findings"_L1).toList();
    for (const auto& entry : findings) {
        const auto finding = entry.toMap();
        line(text, field(finding, "severity"_L1), field(finding, "sentence"_L1) + u' ' + field(finding, "remedy"_L1));
    }
    return text;
}

QString ikev2Text(const QVariantMap& facts) {
    QString text;
    QStringList can;
    for (const auto& [key, name] :
         {std::pair("fragmentation"_L1, Tr::tr("fragments")), std::pair("intermediate"_L1, u"IKE_INTERMEDIATE"_s),
          std::pair("childless"_L1, Tr::tr("childless")), std::pair("redirect"_L1, Tr::tr("redirects")),
          std::pair("signature-hashes"_L1, Tr::tr("signatures with SHA-2"))}) {
        if (facts.value(key).toBool()) {
            can << name;
        }
    }
    if (field(facts, "mobike"_L1) == "yes"_L1) {
        can << u"MOBIKE"_s;
    }
    line(text, Tr::tr("offers"), can.join(u", "_s));
    line(text, Tr::tr("post-quantum protection"), field(facts, "ml-kem"_L1));
    line(text, Tr::tr("asked for"), field(facts, "key-exchange"_L1));
    line(text, Tr::tr("refused with"), field(facts, "refusal"_L1));
    line(text, Tr::tr("made by"), facts.value("vendors"_L1).toStringList().join(u", "_s));
    return text;
}

QString tlsText(const QVariantMap& tls) {
    QStringList offered;
    for (const auto& version : {u"1.0"_s, u"1.1"_s, u"1.2"_s, u"1.3"_s}) {
        if (field(tls, QLatin1String(version.toLatin1())) == "yes"_L1) {
            offered << version;
        }
    }
    return offered.join(u", "_s);
}

QString sstpText(const QVariantMap& facts) {
    QString text;
    line(text, Tr::tr("versions of TLS"), tlsText(facts.value("tls"_L1).toMap()));
    line(text, Tr::tr("cipher"), field(facts, "cipher"_L1));
    const auto refusal = facts.value("refusal"_L1).toMap();
    line(text, Tr::tr("answer"), field(refusal, "sentence"_L1));
    const auto problems = facts.value("certificate-problems"_L1).toList();
    for (const auto& problem : problems) {
        line(text, Tr::tr("certificate"), field(problem.toMap(), "sentence"_L1));
    }
    const auto chain = facts.value("chain"_L1).toList();
    if (!chain.isEmpty()) {
        const auto leaf = chain.first().toMap();
        const auto until = QDateTime::fromMSecsSinceEpoch(leaf.value("not-after"_L1).toLongLong(), QTimeZone::utc());
        line(text, Tr::tr("names"), leaf.value("names"_L1).toStringList().join(u", "_s));
        line(text, Tr::tr("issued by"), field(leaf, "issuer"_L1));
        line(text, Tr::tr("valid until"), until.toString(u"yyyy-MM-dd"_s));
    }
    return text;
}

QString named(const QVariantMap& facts) {
    QString text;
    line(text, Tr::tr("suite"), field(facts, "suite"_L1));
    line(text, Tr::tr("calls itself"), field(facts, "host"_L1));
    auto makers = facts.value("ike-vendors"_L1).toStringList();
    if (const auto vendor = field(facts, "vendor"_L1); !vendor.isEmpty()) {
        makers.prepend(vendor);
    }
    line(text, Tr::tr("made by"), makers.join(u", "_s));
    return text;
}

} // namespace

QString probeText(const QVariantMap& result) {
    QString text = printable(field(result, "sentence"_L1)) + u'\n' + printable(field(result, "remedy"_L1)) + u'\n';
    if (result.value("through-vpn"_L1).toBool()) {
        text += Tr::tr("Asked through the VPN that is connected.") + u'\n';
    }
    const auto roads = result.value("roads"_L1).toList();
    QList<QStringList> rows{{Tr::tr("PROTOCOL"), Tr::tr("VERDICT")}};
    for (const auto& road : roads) {
        const auto protocol = field(road.toMap(), "protocol"_L1);
        rows << QStringList{protocolText(protocol), verdictText(field(road.toMap(), "verdict"_L1), protocol)};
    }
    text += u'\n' + table(rows);
    for (const auto& road : roads) {
        const auto map = road.toMap();
        const auto protocol = field(map, "protocol"_L1);
        const auto facts = result.value(protocol).toMap();
        text += u'\n' + roadText(map) +
                (protocol == "ikev2"_L1  ? ikev2Text(facts)
                 : protocol == "sstp"_L1 ? sstpText(facts)
                                         : named(facts));
    }
    return text;
}

ExitCode probeExit(const QVariantMap& result) {
    const auto advice = field(result, "advice"_L1);
    if (advice == "only-retired"_L1) {
        return ExitCode::Refused;
    }
    if (advice == "nothing"_L1) {
        return ExitCode::Network;
    }
    if (advice == "needs-repair"_L1) {
        const auto sstp = result.value("sstp"_L1).toMap();
        const bool certificate =
            field(sstp, "answer"_L1) == "sstp"_L1 && !sstp.value("certificate-problems"_L1).toList().isEmpty();
        return certificate ? ExitCode::ServerIdentity : ExitCode::Failed;
    }
    return ExitCode::Ok;
}

ExitCode probe(EngineClient& engine, const Options& options) {
    QVariantMap wishes;
    if (!options.authority.isEmpty()) {
        auto complete = withAuthorityFile({{u"ca"_s, options.authority}});
        if (!complete) {
            err(errorText(complete.error()));
            return exitCodeFor(complete.error().value(u"code"_s).toString());
        }
        wishes = std::move(*complete);
    }
    const auto result = engine.probe(options.operands.first(), wishes);
    if (!result) {
        err(errorText(result.error()));
        return exitCodeFor(result.error().value(u"code"_s).toString());
    }
    out(options.json ? QString::fromUtf8(toJson(*result, QJsonDocument::Indented)) : probeText(*result));
    return probeExit(*result);
}

} // namespace tern::ctl

#include "app/ctl/present.h"

#include "app/ctl/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <array>

namespace tern::ctl {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Present)
};

using namespace Qt::StringLiterals;

QString field(const QVariantMap& map, QLatin1String key) {
    return map.value(key).toString();
}

// "IKEv2", or how else than by UDP it goes.
QString protocolText(const QVariantMap& status) {
    const auto name = protocolName(field(status, "protocol"_L1));
    return field(status, "transport"_L1) == "tcp"_L1
               ? Tr::tr("%1 over TCP port %2").arg(name).arg(status.value("port"_L1).toUInt())
               : name;
}

QString gradeName(const QString& grade) {
    if (grade == "broken"_L1) {
        return Tr::tr("BROKEN");
    }
    if (grade == "retired"_L1) {
        return Tr::tr("RETIRED");
    }
    if (grade == "can-fall-back"_L1) {
        return Tr::tr("can fall back");
    }
    if (grade == "not-judged"_L1) {
        return Tr::tr("not judged");
    }
    return grade == "weak"_L1 ? Tr::tr("weak") : QString();
}

QString stateName(const QString& state) {
    return state.isEmpty() ? QStringLiteral("disconnected") : state;
}

void line(QString& text, const QString& name, const QString& value) {
    if (!value.isEmpty()) {
        text += name + ": "_L1 + printable(value) + u'\n';
    }
}

QString joined(const QVariant& list) {
    return list.toStringList().join(", "_L1);
}

QString yesNo(const QVariant& value) {
    return value.toBool() ? Tr::tr("yes") : Tr::tr("no");
}

QString time(qint64 milliseconds) {
    return milliseconds == 0 ? QString()
                             : QDateTime::fromMSecsSinceEpoch(milliseconds).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

QString protocolName(const QString& protocol) {
    if (protocol == "ikev2"_L1) {
        return QStringLiteral("IKEv2");
    }
    if (protocol == "sstp"_L1 || protocol == "pptp"_L1 || protocol == "l2tp"_L1) {
        return protocol.toUpper();
    }
    if (protocol == "automatic"_L1) {
        return Tr::tr("automatic");
    }
    return protocol == "unsupported"_L1 ? Tr::tr("unsupported") : protocol;
}

QString octets(quint64 count) {
    constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(count);
    std::size_t unit = 0;
    while (value >= 1024.0 && unit + 1 < units.size()) {
        value /= 1024.0;
        ++unit;
    }
    return QString::number(value, 'f', unit == 0 ? 0 : 1) + u' ' + QLatin1String(units.at(unit));
}

QString listText(const dbus::MapList& profiles, const dbus::MapList& statuses) {
    if (profiles.isEmpty()) {
        return Tr::tr("There are no connections yet. Import a phonebook: ternctl import FILE") + u'\n';
    }
    QList<QStringList> rows{
        {Tr::tr("NAME"), Tr::tr("TYPE"), Tr::tr("SERVER"), Tr::tr("USER"), Tr::tr("STATE"), Tr::tr("SAFETY")}};
    for (const auto& profile : profiles) {
        QString state;
        for (const auto& status : statuses) {
            if (field(status, "id"_L1) == field(profile, "id"_L1)) {
                state = field(status, "state"_L1);
            }
        }
        rows << QStringList{field(profile, "name"_L1),
                            protocolName(field(profile, "protocol"_L1)),
                            field(profile, "server"_L1),
                            field(profile, "username"_L1),
                            state,
                            gradeName(field(profile, "grade"_L1))};
    }
    return table(rows);
}

QString postQuantumText(const QVariantMap& profile) {
    const auto wanted = field(profile, "post-quantum"_L1);
    if (wanted.isEmpty()) {
        return {}; // an older service
    }
    QString text = wanted == "off"_L1        ? Tr::tr("off")
                   : wanted == "required"_L1 ? Tr::tr("required")
                                             : Tr::tr("when the server offers it");
    if (wanted != "off"_L1 && !profile.value("post-quantum-available"_L1).toBool()) {
        text += QStringLiteral(" (") + Tr::tr("not on this computer: it needs OpenSSL 3.5 or later") + u')';
    }
    return text;
}

QString tcpText(const QVariantMap& profile) {
    const auto use = field(profile, "tcp"_L1);
    return use == "always"_L1      ? Tr::tr("always")
           : use == "never"_L1     ? Tr::tr("never")
           : use == "automatic"_L1 ? Tr::tr("where UDP does not get through")
                                   : QString();
}

namespace {

// The grade, and what makes it so.
QString safetyText(const QVariantMap& profile) {
    const auto grade = gradeName(field(profile, "grade"_L1));
    if (grade.isEmpty()) {
        return Tr::tr("good");
    }
    if (field(profile, "grade"_L1) == "not-judged"_L1) {
        return Tr::tr("not judged");
    }
    const auto next = gradeName(field(profile, "grade-next"_L1));
    return Tr::tr("%1, because of %2; without that: %3")
        .arg(grade, joined(profile.value("grade-because"_L1)), next.isEmpty() ? Tr::tr("good") : next);
}

// What the policy says of this connection.
QString allowanceText(const QVariantMap& profile) {
    QString text;
    if (profile.value("needs-acknowledgement"_L1).toBool()) {
        line(text, Tr::tr("allowed until"),
             Tr::tr("%1 (%n day(s) left)", "", profile.value("days-left"_L1).toInt())
                 .arg(field(profile, "allowed-until"_L1)));
    }
    const auto host = field(profile, "replacement-host"_L1);
    if (!host.isEmpty()) {
        line(text, Tr::tr("replaced by"),
             host + u" ("_s + protocolName(field(profile, "replacement-protocol"_L1)) + u')');
    }
    const auto refusal = profile.value("refusal"_L1).toMap();
    if (field(refusal, "code"_L1).startsWith("tern.policy."_L1)) {
        text += u'\n' + errorText(refusal);
    }
    return text;
}

QString findingText(const QVariantMap& finding) {
    const auto source = printable(field(finding, "source"_L1));
    return errorText(finding) + (source.isEmpty() ? QString() : Tr::tr("Source: %1").arg(source) + u'\n');
}

} // namespace

QString showText(const QVariantMap& profile) {
    QString text;
    line(text, Tr::tr("name"), field(profile, "name"_L1));
    line(text, Tr::tr("type"), protocolName(field(profile, "protocol"_L1)));
    const auto servers = joined(profile.value("servers"_L1));
    line(text, Tr::tr("server"), servers.isEmpty() ? field(profile, "server"_L1) : servers);
    line(text, Tr::tr("authentication"), field(profile, "auth"_L1));
    line(text, Tr::tr("user"), field(profile, "username"_L1));
    line(text, Tr::tr("domain"), field(profile, "domain"_L1));
    line(text, Tr::tr("password stored"), yesNo(profile.value("has-password"_L1)));
    line(text, Tr::tr("all traffic through the tunnel"), yesNo(profile.value("full-tunnel"_L1)));
    if (const auto protocol = field(profile, "protocol"_L1); protocol == "ikev2"_L1 || protocol == "automatic"_L1) {
        line(text, Tr::tr("IKEv2 over TCP"), tcpText(profile));
    }
    if (const auto port = profile.value("port"_L1).toUInt(); port != 0) {
        line(text, Tr::tr("port"), QString::number(port));
    }
    const bool noName = profile.value("sni-refused"_L1).toBool() && field(profile, "sni"_L1).isEmpty();
    line(text, Tr::tr("name sent in TLS"), noName ? Tr::tr("none, the server refused it") : field(profile, "sni"_L1));
    line(text, Tr::tr("host name"), field(profile, "sstp-host"_L1));
    line(text, Tr::tr("tenant"), field(profile, "tenant-id"_L1));
    line(text, Tr::tr("proxy"), field(profile, "proxy"_L1));
    line(text, Tr::tr("post-quantum protection"), postQuantumText(profile));
    line(text, Tr::tr("post-quantum pre-shared key (PPK)"), field(profile, "ppk-id"_L1));
    line(text, Tr::tr("routes"), joined(profile.value("routes"_L1)));
    line(text, Tr::tr("DNS servers"), joined(profile.value("dns"_L1)));
    line(text, Tr::tr("DNS domains"), joined(profile.value("domains"_L1)));
    line(text, Tr::tr("from"), field(profile, "origin"_L1));
    line(text, Tr::tr("imported"), time(profile.value("imported"_L1).toLongLong()));
    line(text, Tr::tr("id"), field(profile, "id"_L1));
    line(text, Tr::tr("safety"), safetyText(profile));
    text += allowanceText(profile);
    const auto findings = profile.value("findings"_L1).toList();
    for (const auto& finding : findings) {
        text += u'\n' + findingText(finding.toMap());
    }
    return text;
}

QString policyText(const QVariantMap& policy) {
    QString text;
    const auto problems = policy.value("problems"_L1).toList();
    if (policy.value("files"_L1).toStringList().isEmpty() && problems.isEmpty()) {
        return Tr::tr("This computer has no policy. PPTP and L2TP are refused.") + u'\n';
    }
    for (const auto& problem : problems) {
        text += errorText(problem.toMap()) + u'\n';
    }
    line(text, Tr::tr("organisation"), field(policy, "organisation"_L1));
    line(text, Tr::tr("contact"), field(policy, "contact"_L1));
    line(text, Tr::tr("help"), field(policy, "help"_L1));
    const auto until = field(policy, "l2tp-until"_L1);
    line(text, QStringLiteral("L2TP"),
         until.isEmpty() ? Tr::tr("refused") : Tr::tr("allowed until %1, after a confirmation").arg(until));
    line(text, Tr::tr("minimum grade"), field(policy, "minimum-grade"_L1));
    line(text, Tr::tr("authority of its own"), yesNo(policy.value("has-ca"_L1)));
    const auto replacements = policy.value("replacements"_L1).toList();
    for (const auto& entry : replacements) {
        const auto replacement = entry.toMap();
        line(text, Tr::tr("replaced"),
             field(replacement, "server"_L1) + u" → "_s + field(replacement, "host"_L1) + u" ("_s +
                 protocolName(field(replacement, "protocol"_L1)) + u')');
    }
    line(text, Tr::tr("files"), joined(policy.value("files"_L1)));
    return text;
}

QString importText(const QVariantMap& report) {
    QString text;
    const auto problems = report.value("problems"_L1).toList();
    text += Tr::tr("Added %1, skipped %2.")
                .arg(report.value("added"_L1).toUInt())
                .arg(report.value("skipped"_L1).toUInt()) +
            u'\n';
    dbus::MapList profiles;
    const auto added = report.value("profiles"_L1).toList();
    for (const auto& profile : added) {
        profiles << profile.toMap();
    }
    if (!profiles.isEmpty()) {
        text += listText(profiles, {});
    }
    for (const auto& entry : problems) {
        const auto problem = entry.toMap();
        QString where;
        if (problem.value("line"_L1).toUInt() > 0) {
            where = Tr::tr("line %1").arg(problem.value("line"_L1).toUInt());
        }
        const auto name = printable(field(problem, "entry"_L1));
        if (!name.isEmpty()) {
            where += (where.isEmpty() ? QString() : u", "_s) + u"["_s + name + u"]"_s;
        }
        text += u'\n' + (where.isEmpty() ? QString() : where + u": "_s) + errorText(problem);
    }
    return text;
}

QString statusText(const dbus::MapList& statuses) {
    if (statuses.isEmpty()) {
        return u"status: disconnected\n"_s;
    }
    QString text;
    for (const auto& status : statuses) {
        text += text.isEmpty() ? QString() : u"\n"_s;
        line(text, u"name"_s, field(status, "name"_L1));
        text += statusLine(status);
        if (status.value("reconnecting"_L1).toBool()) {
            line(text, u"reconnecting"_s, yesNo(true));
        }
        line(text, u"since"_s, time(status.value("since"_L1).toLongLong()));
        line(text, u"server"_s, field(status, "server"_L1));
        line(text, u"protocol"_s, protocolText(status));
        line(text, u"cipher"_s, field(status, "cipher"_L1));
        line(text, u"ike-cipher"_s, field(status, "ike-cipher"_L1));
        line(text, u"binding"_s, field(status, "binding"_L1));
        line(text, u"proxy"_s, field(status, "proxy"_L1));
        if (status.contains("post-quantum"_L1) && field(status, "protocol"_L1) != "sstp"_L1) {
            const auto protection = field(status, "post-quantum"_L1);
            line(text, u"post-quantum"_s,
                 yesNo(!protection.isEmpty()) + (protection.isEmpty() ? QString() : u", "_s + protection));
        }
        line(text, u"certificate"_s, field(status, "certificate"_L1));
        line(text, u"interface"_s, field(status, "interface"_L1));
        line(text, u"addresses"_s, joined(status.value("addresses"_L1)));
        line(text, u"dns"_s, joined(status.value("dns"_L1)));
        line(text, u"domains"_s, joined(status.value("domains"_L1)));
        line(text, u"wins"_s, joined(status.value("nbns"_L1)));
        line(text, u"routes"_s, joined(status.value("routes"_L1)));
        if (status.value("mtu"_L1).toUInt() > 0) {
            line(text, u"mtu"_s, QString::number(status.value("mtu"_L1).toUInt()));
        }
        if (status.contains("received"_L1)) {
            line(text, u"received"_s, octets(status.value("received"_L1).toULongLong()));
            line(text, u"sent"_s, octets(status.value("sent"_L1).toULongLong()));
        }
        const auto findings = status.value("findings"_L1).toList();
        for (const auto& finding : findings) {
            text += errorText(finding.toMap());
        }
        const auto error = status.value("error"_L1).toMap();
        if (!error.isEmpty()) {
            text += errorText(error);
        }
    }
    return text;
}

namespace {

QString stageText(const QString& stage) {
    if (stage == "waiting"_L1) {
        return Tr::tr("waiting for a network");
    }
    if (stage == "moving"_L1) {
        return Tr::tr("moving to another network");
    }
    if (stage == "checking"_L1) {
        return Tr::tr("checking the connection");
    }
    return stage;
}

} // namespace

QString statusLine(const QVariantMap& status) {
    QString text = u"status: "_s + stateName(printable(field(status, "state"_L1)));
    const auto stage = stageText(printable(field(status, "stage"_L1)));
    return text + (stage.isEmpty() ? QString() : u" ("_s + stage + u')') + u'\n';
}

QString logLine(const QVariantMap& entry) {
    const auto when = QDateTime::fromMSecsSinceEpoch(entry.value("time"_L1).toLongLong());
    QString text = when.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u' ' +
                   printable(field(entry, "level"_L1)).leftJustified(7) + u' ' + printable(field(entry, "text"_L1));
    const auto code = printable(field(entry, "code"_L1));
    return text + (code.isEmpty() ? QString() : u" ("_s + code + u')') + u'\n';
}

QString errorText(const QVariantMap& error) {
    QString text = printable(field(error, "sentence"_L1)) + u'\n';
    const auto remedy = printable(field(error, "remedy"_L1));
    if (!remedy.isEmpty()) {
        text += remedy + u'\n';
    }
    text += u'(' + printable(field(error, "code"_L1));
    const auto detail = printable(field(error, "detail"_L1));
    return text + (detail.isEmpty() ? QString() : u": "_s + detail) + u")\n"_s;
}

} // namespace tern::ctl

#include "core/audit/words.h"

#include <QCoreApplication>

namespace tern::audit {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::audit::Words)
};

int number(std::size_t count) {
    return static_cast<int>(count);
}

} // namespace

QString shown(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString gradeWords(Grade grade) {
    switch (grade) {
    case Grade::Broken:
        return Tr::tr("Broken");
    case Grade::Retired:
        return Tr::tr("Retired");
    case Grade::CanFallBack:
        return Tr::tr("Can fall back");
    case Grade::Weak:
        return Tr::tr("Weak");
    case Grade::NotJudged:
        return Tr::tr("Not judged");
    case Grade::Good:
        break;
    }
    return Tr::tr("Good");
}

QString gradeMeaning(Grade grade) {
    switch (grade) {
    case Grade::Broken:
        return Tr::tr("can be read or impersonated today");
    case Grade::Retired:
        return Tr::tr("refused by current servers");
    case Grade::CanFallBack:
        return Tr::tr("Windows may silently use a retired protocol");
    case Grade::Weak:
        return Tr::tr("works, but ought to be made safer");
    case Grade::NotJudged:
        return Tr::tr("of another program; Tern cannot tell");
    case Grade::Good:
        break;
    }
    return Tr::tr("nothing to do");
}

QString protocolWords(profile::Protocol protocol) {
    switch (protocol) {
    case profile::Protocol::Ikev2:
        return QStringLiteral("IKEv2");
    case profile::Protocol::Sstp:
        return QStringLiteral("SSTP");
    case profile::Protocol::Pptp:
        return QStringLiteral("PPTP");
    case profile::Protocol::L2tp:
        return QStringLiteral("L2TP");
    case profile::Protocol::Automatic:
        return Tr::tr("Automatic");
    case profile::Protocol::Unsupported:
        break;
    }
    return Tr::tr("Other program");
}

QString verdictWords(profile::Protocol protocol, std::string_view verdict) {
    const bool retired = profile::isRetired(protocol);
    if (verdict == "open") {
        // Of what is retired: an answer is nothing to be ready for.
        return retired ? Tr::tr("answers") : Tr::tr("ready");
    }
    return verdict == "weak"       ? Tr::tr("outdated")
           : verdict == "unusable" ? Tr::tr("unusable")
           : verdict == "closed"   ? Tr::tr("not offered")
           : verdict == "silent"   ? Tr::tr("no answer")
                                   : QString();
}

QString remarkWords(Remark::Kind kind) {
    switch (kind) {
    case Remark::Kind::Unread:
        return Tr::tr("could not be judged");
    case Remark::Kind::Foreign:
        return Tr::tr("something else");
    case Remark::Kind::Skipped:
        return Tr::tr("left out");
    case Remark::Kind::Note:
        break;
    }
    return Tr::tr("to know");
}

base::ErrorText describe(const base::Finding& finding) {
    return base::describe({finding.code, finding.args, {}});
}

base::ErrorText describeAny(const std::string& code) {
    auto text = base::describe({code, std::vector<std::string>(9, "…"), {}});
    // Left open at the end of a sentence.
    text.sentence.replace(QStringLiteral("…."), QStringLiteral("…"));
    return text;
}

QString headline(const Report& report) {
    if (report.connections.empty()) {
        return isComplete(report) ? Tr::tr("No VPN connections were found.")
                                  : Tr::tr("No VPN connections were found in what could be read.");
    }
    const auto bad = report.atOrAbove(Grade::Retired);
    if (bad != 0) {
        return Tr::tr("%1 of %n connection(s) must be replaced.", nullptr, number(report.connections.size())).arg(bad);
    }
    const auto weak = report.atOrAbove(Grade::Weak);
    if (weak != 0) {
        return Tr::tr("%1 of %n connection(s) can be made safer, none has to be replaced.", nullptr,
                      number(report.connections.size()))
            .arg(weak);
    }
    const auto unknown = report.count(Grade::NotJudged);
    if (unknown != 0) {
        return Tr::
            tr("%1 of %n connection(s) belong to other programs and are not judged, nothing is wrong with the rest.",
               nullptr, number(report.connections.size()))
                .arg(unknown);
    }
    return Tr::tr("All of %n connection(s) are good.", nullptr, number(report.connections.size()));
}

QString unaskedWords(const Report& report) {
    return report.unasked == 0 ? QString()
                               : Tr::tr("%n server(s) were not asked: the asking was ended before their turn.", nullptr,
                                        number(report.unasked));
}

bool isComplete(const Report& report) {
    return report.unread == 0;
}

} // namespace tern::audit

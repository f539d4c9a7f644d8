#include "core/migrate/letter.h"

#include "core/base/catalogue.h"
#include "core/migrate/letter_steps.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

namespace tern::migrate {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::migrate::Letter)
};

using probe::Advice;
using profile::Protocol;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

// Names come from files: they are put in at once, so that a "%2" in one is no place for the next.
QString nameOf(Protocol protocol) {
    switch (protocol) {
    case Protocol::Pptp:
        return u"PPTP"_s;
    case Protocol::L2tp:
        return u"L2TP"_s;
    case Protocol::Sstp:
        return u"SSTP"_s;
    case Protocol::Ikev2:
        return u"IKEv2"_s;
    case Protocol::Automatic:
    case Protocol::Unsupported:
        break;
    }
    return {};
}

// For a command or a certificate's name: what could be anything else is not put there.
QString hostName(const QString& server) {
    static const QRegularExpression plain(u"^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"_s);
    static const QRegularExpression address(u"^[0-9.]+$"_s);
    return plain.match(server).hasMatch() && !address.match(server).hasMatch() ? server
                                                                               : Tr::tr("the server's public name");
}

void addGreeting(Document& letter, const LetterFacts& facts, const QString& server) {
    letter.paragraph(facts.organisation.empty() ? Tr::tr("Hello,")
                                                : Tr::tr("To the administrators of %1:").arg(text(facts.organisation)));
    const auto name = text(facts.old.name);
    const auto protocol = nameOf(facts.old.protocol);
    const bool retired = profile::isRetired(facts.old.protocol);
    letter.paragraph(retired ? Tr::tr("my VPN connection “%1” to %2 uses %3. It is no longer considered safe, current "
                                      "systems stop supporting it, and my VPN program refuses it.")
                                   .arg(name, server, protocol)
                             : Tr::tr("my VPN connection “%1” to %2 can be made safer.").arg(name, server));
}

void addFindings(Document& letter, const LetterFacts& facts) {
    QStringList lines;
    for (const auto& finding : facts.findings) {
        lines << base::describe({finding.code, finding.args, {}}).sentence;
    }
    if (!lines.isEmpty()) {
        letter.heading(Tr::tr("What the settings of my connection say"));
        letter.bullets(lines);
    }
}

void addProbe(Document& letter, const probe::Result& probed) {
    letter.heading(Tr::tr("What the server answered"));
    QStringList lines;
    for (const auto* road : {&probed.ikev2, &probed.sstp, &probed.pptp, &probed.l2tp}) {
        lines << base::describe(road->words).sentence;
    }
    for (const auto& problem : probed.sstpFacts.certificateProblems) {
        lines << base::describe(problem).sentence;
    }
    lines.removeDuplicates();
    lines.removeAll(QString());
    letter.bullets(lines);
    letter.paragraph(Tr::tr("I asked from my own network, without a user name or password. A firewall on the way may "
                            "hide what the server offers."));
}

void addRequest(Document& letter, const LetterFacts& facts) {
    letter.heading(Tr::tr("What I ask you for"));
    if (facts.probed == nullptr) {
        letter.paragraph(
            Tr::tr("Please offer SSTP or IKEv2 on this server; best are both. Most servers that offer PPTP "
                   "or L2TP can offer these too, without a new machine."));
        return;
    }
    switch (facts.probed->advice) {
    case Advice::OnlyWeakIkev2:
        letter.paragraph(Tr::tr("Please give IKEv2 on this server up-to-date algorithms. It answers, but only to "
                                "encryption that is too weak today."));
        break;
    case Advice::NeedsRepair:
        letter.paragraph(Tr::tr("Please repair what is there: the server answers, but my program cannot use it as it "
                                "is. The reasons are above; most often it is the certificate."));
        break;
    case Advice::Both:
    case Advice::ReadyIkev2:
    case Advice::ReadySstp:
        letter.paragraph(Tr::tr("The server already offers something better. Please tell me how I sign in with it, and "
                                "switch PPTP and L2TP off when everybody has moved."));
        break;
    case Advice::OnlyRetired:
    case Advice::Nothing:
        letter.paragraph(
            Tr::tr("Please offer SSTP or IKEv2 on this server; best are both. Most servers that offer PPTP "
                   "or L2TP can offer these too, without a new machine."));
        break;
    }
}

StepsWanted stepsFor(const probe::Result* probed) {
    StepsWanted wanted{false, true, true, true, true, true};
    if (probed == nullptr) {
        wanted.role = true;
        return wanted;
    }
    const auto open = [](const probe::Road& road) { return road.verdict == probe::Verdict::Open; };
    const auto answers = [](const probe::Road& road) {
        return road.verdict != probe::Verdict::Silent && road.verdict != probe::Verdict::Closed;
    };
    wanted.role = !answers(probed->ikev2) && !answers(probed->sstp) && !answers(probed->pptp) && !answers(probed->l2tp);
    wanted.sstp = !open(probed->sstp);
    wanted.ikev2 = !answers(probed->ikev2);
    wanted.policy = !open(probed->ikev2);
    wanted.certificate = !open(probed->sstp);
    if (probed->advice == Advice::OnlyWeakIkev2) { // its certificate is there, and IKEv2 is what was asked for
        wanted.certificate = wanted.sstp = false;
    }
    if (probed->advice == Advice::ReadyIkev2 || probed->advice == Advice::ReadySstp || probed->advice == Advice::Both) {
        wanted = {false, false, false, false, false, true};
    }
    return wanted;
}

void addClosing(Document& letter) {
    letter.heading(Tr::tr("Other servers"));
    letter.paragraph(Tr::tr("Most routers and firewalls have IKEv2 or SSTP too: look in their manual for IKEv2 with "
                            "EAP-MSCHAPv2 and a server certificate, with AES-256, SHA-256 and group 14 or better."));
    letter.heading(Tr::tr("What I need from you then"));
    letter.bullets({Tr::tr("the name of the server to connect to"),
                    Tr::tr("how I sign in: user name with or without a domain, or a certificate"),
                    Tr::tr("the certificate of your authority, if it is not a public one")});
    letter.paragraph(Tr::tr("Please do not send passwords or shared keys by mail. Thank you!"));
}

bool isAddress(const QString& text) {
    static const QRegularExpression address(u"^[^\\s@,;<>\"'?&%]{1,64}@[A-Za-z0-9.-]{1,253}$"_s);
    return address.match(text).hasMatch();
}

QByteArray encoded(QString text) {
    text.replace(u'\n', u"\r\n"_s); // RFC 6068 §5
    return QUrl::toPercentEncoding(text);
}

// What a busy administrator sees first: it asks for nothing that is there already.
QString titleFor(const probe::Result* probed, const QString& server) {
    switch (probed == nullptr ? Advice::Nothing : probed->advice) {
    case Advice::OnlyWeakIkev2:
        return Tr::tr("VPN at %1: please update its encryption").arg(server);
    case Advice::NeedsRepair:
        return Tr::tr("VPN at %1: please repair SSTP or IKEv2").arg(server);
    case Advice::Both:
        return Tr::tr("VPN at %1: how do I sign in by IKEv2 or SSTP?").arg(server);
    case Advice::ReadyIkev2:
        return Tr::tr("VPN at %1: how do I sign in by IKEv2?").arg(server);
    case Advice::ReadySstp:
        return Tr::tr("VPN at %1: how do I sign in by SSTP?").arg(server);
    case Advice::OnlyRetired:
    case Advice::Nothing:
        break;
    }
    return Tr::tr("VPN at %1: please enable SSTP or IKEv2").arg(server);
}

} // namespace

Document letter(const LetterFacts& facts) {
    const auto server = text(facts.server.empty() ? facts.old.server() : facts.server);
    Document letter;
    letter.title = titleFor(facts.probed, server);
    addGreeting(letter, facts, server);
    addFindings(letter, facts);
    if (facts.probed != nullptr) {
        addProbe(letter, *facts.probed);
    }
    addRequest(letter, facts);
    addSteps(letter, hostName(server), stepsFor(facts.probed));
    addClosing(letter);
    return letter;
}

QString mailTo(const QString& to, const Document& letter) {
    const auto address = isAddress(to) ? QUrl::toPercentEncoding(to, "@") : QByteArray();
    return u"mailto:"_s +
           QString::fromLatin1(address + "?subject=" + encoded(letter.title) + "&body=" + encoded(letter.text()));
}

} // namespace tern::migrate

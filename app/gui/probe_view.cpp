#include "app/gui/probe_view.h"

#include <QDateTime>
#include <QLocale>

namespace tern::gui {

namespace {

using namespace Qt::StringLiterals;

void fact(QVariantList& facts, const QString& label, const QString& value) {
    if (!value.isEmpty()) {
        facts << QVariant(QVariantMap{{u"label"_s, label}, {u"value"_s, value}});
    }
}

QString textOf(const QVariantMap& map, const char* key) {
    return map.value(QLatin1String(key)).toString();
}

QVariantMap shownRoad(const QVariantMap& road) {
    const auto words = ErrorText::fromMap(road);
    return {{u"protocol"_s, road.value(u"protocol"_s)},
            {u"verdict"_s, road.value(u"verdict"_s)},
            {u"sentence"_s, words.sentence},
            {u"remedy"_s, words.remedy},
            {u"findings"_s, withLocalTexts(road.value(u"findings"_s).toList())}};
}

QString versionsOfTls(const QVariantMap& sstp) {
    QStringList offered;
    const auto tls = sstp.value(u"tls"_s).toMap();
    for (const auto& version : {u"1.0"_s, u"1.1"_s, u"1.2"_s, u"1.3"_s}) {
        if (tls.value(version).toString() == u"yes"_s) {
            offered << version;
        }
    }
    return offered.join(u", "_s);
}

} // namespace

ProbeView::ProbeView(QObject* parent)
    : EngineView(parent) {}

void ProbeView::follow(EngineClient& engine) {
    connect(&engine, &EngineClient::probed, this, &ProbeView::take);
    connect(&engine, &EngineClient::textsChanged, this, &ProbeView::show);
}

QString ProbeView::advice() const {
    return textOf(m_result, "advice");
}

bool ProbeView::throughVpn() const {
    return m_result.value(u"through-vpn"_s).toBool();
}

void ProbeView::start(const QString& host, const QString& profileId) {
    clear();
    m_host = host;
    m_running = engine() != nullptr ? engine()->probe(host, profileId) : 0;
    Q_EMIT changed();
}

void ProbeView::clear() {
    m_running = 0;
    m_host.clear();
    m_result.clear();
    m_error = {};
    show();
}

void ProbeView::take(quint64 number, const QVariantMap& result, const ErrorText& error) {
    if (number == 0 || number != m_running) {
        return; // of somebody else, or of a question that was given up
    }
    m_running = 0;
    m_result = result;
    m_error = error;
    if (!result.isEmpty()) {
        m_host = textOf(result, "host");
    }
    show();
}

// In the window's language.
void ProbeView::show() {
    m_roads.clear();
    m_facts.clear();
    m_words = m_result.isEmpty() ? ErrorText() : ErrorText::fromMap(m_result);
    const auto roads = m_result.value(u"roads"_s).toList();
    for (const auto& road : roads) {
        m_roads << QVariant(shownRoad(road.toMap()));
    }
    const auto ikev2 = m_result.value(u"ikev2"_s).toMap();
    const auto sstp = m_result.value(u"sstp"_s).toMap();
    const auto l2tp = m_result.value(u"l2tp"_s).toMap();
    const auto pptp = m_result.value(u"pptp"_s).toMap();
    fact(m_facts, tr("Addresses"), m_result.value(u"addresses"_s).toStringList().join(u", "_s));
    fact(m_facts, tr("Encryption (IKEv2)"), textOf(ikev2, "suite") + textOf(ikev2, "weak-suite"));
    fact(m_facts, tr("Post-quantum protection"), textOf(ikev2, "ml-kem"));
    fact(m_facts, tr("Server's program"), ikev2.value(u"vendors"_s).toStringList().join(u", "_s));
    fact(m_facts, tr("TLS versions (SSTP)"), versionsOfTls(sstp));
    fact(m_facts, tr("Encryption (SSTP)"), textOf(sstp, "cipher"));
    const auto problems = sstp.value(u"certificate-problems"_s).toList();
    for (const auto& problem : problems) {
        fact(m_facts, tr("Certificate"), ErrorText::fromMap(problem.toMap()).sentence);
    }
    if (const auto chain = sstp.value(u"chain"_s).toList(); !chain.isEmpty()) {
        const auto leaf = chain.first().toMap();
        const auto until = QDateTime::fromMSecsSinceEpoch(leaf.value(u"not-after"_s).toLongLong());
        fact(m_facts, tr("Certificate's names"), leaf.value(u"names"_s).toStringList().join(u", "_s));
        fact(m_facts, tr("Certificate issued by"), textOf(leaf, "issuer"));
        fact(m_facts, tr("Certificate valid until"), QLocale().toString(until.date(), QLocale::ShortFormat));
    }
    fact(m_facts, tr("PPTP server"), QStringList{textOf(pptp, "host"), textOf(pptp, "vendor")}.join(u' ').trimmed());
    fact(m_facts, tr("Encryption (L2TP)"), textOf(l2tp, "suite"));
    Q_EMIT changed();
}

} // namespace tern::gui

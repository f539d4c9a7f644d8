// What a server offers, as the window shows it: asked for by start(), told when it is there. One question at a time; a
// new one replaces the one before.
#pragma once

#include "app/gui/engine_view.h"

#include <QObject>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class ProbeView : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool running READ running NOTIFY changed)
    Q_PROPERTY(bool done READ done NOTIFY changed)
    Q_PROPERTY(QString host READ host NOTIFY changed)
    Q_PROPERTY(QString advice READ advice NOTIFY changed)
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    Q_PROPERTY(QString remedy READ remedy NOTIFY changed)
    Q_PROPERTY(bool throughVpn READ throughVpn NOTIFY changed)
    Q_PROPERTY(QVariantList roads READ roads NOTIFY changed)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed)
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY changed)
    Q_PROPERTY(QVariantMap result READ result NOTIFY changed)

public:
    explicit ProbeView(QObject* parent = nullptr);

    [[nodiscard]] bool running() const { return m_running != 0; }
    // There is a result, or an error instead.
    [[nodiscard]] bool done() const { return !m_result.isEmpty(); }
    // The server that is, or was, asked.
    [[nodiscard]] QString host() const { return m_host; }
    // As advice of Probe in org.ternvpn.Engine1.xml; the two that follow are its words.
    [[nodiscard]] QString advice() const;
    [[nodiscard]] QString sentence() const { return m_words.sentence; }
    [[nodiscard]] QString remedy() const { return m_words.remedy; }
    [[nodiscard]] bool throughVpn() const;
    // IKEv2, SSTP, PPTP, L2TP: {protocol, verdict, sentence, remedy, findings}.
    [[nodiscard]] QVariantList roads() const { return m_roads; }
    // {label, value} of what is known beside the verdicts, for the details.
    [[nodiscard]] QVariantList facts() const { return m_facts; }
    [[nodiscard]] ErrorText error() const { return m_error; }
    // All of it, as it came.
    [[nodiscard]] QVariantMap result() const { return m_result; }

    // host "": the profile's own server. profileId "": none, then only the system's authorities count.
    Q_INVOKABLE void start(const QString& host, const QString& profileId);
    // Forgets the question and what is known.
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void changed();

private:
    void follow(EngineClient& engine) override;
    void take(quint64 number, const QVariantMap& result, const ErrorText& error);
    void show();

    quint64 m_running = 0; // the question's number
    QString m_host;
    QVariantMap m_result;
    QVariantList m_roads;
    QVariantList m_facts;
    ErrorText m_words;
    ErrorText m_error;
};

} // namespace tern::gui

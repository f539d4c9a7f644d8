#include "app/gui/profile_details.h"

#include <QDateTime>

namespace tern::gui {

ProfileDetails::ProfileDetails(QObject* parent)
    : EngineView(parent) {
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &ProfileDetails::secondsChanged);
}

void ProfileDetails::follow(EngineClient& engine) {
    connect(engine.profiles(), &ProfileModel::profilesReplaced, this, &ProfileDetails::readProfile);
    connect(&engine, &EngineClient::textsChanged, this, &ProfileDetails::readProfile);
    connect(&engine, &EngineClient::textsChanged, this, &ProfileDetails::statusChanged);
    connect(&engine, &EngineClient::statusChanged, this, [this](const QString& id) {
        if (id.isEmpty() || id == m_profileId) {
            readStatus();
        }
    });
    connect(&engine, &EngineClient::trafficChanged, this, [this](const QString& id) {
        if (id == m_profileId) {
            readTraffic();
        }
    });
    connect(&engine, &EngineClient::shown, this, [this](const QString& id, const QVariantMap& profile) {
        if (id == m_profileId) {
            m_profile = profile;
            m_findings = withLocalTexts(stored("findings").toList());
            Q_EMIT profileChanged();
        }
    });
}

void ProfileDetails::readAnew() {
    readProfile();
    readStatus();
}

void ProfileDetails::setProfileId(const QString& profileId) {
    if (m_profileId == profileId) {
        return;
    }
    m_profileId = profileId;
    Q_EMIT profileIdChanged();
    readProfile();
    readStatus();
}

void ProfileDetails::readProfile() {
    m_profile = engine() == nullptr ? QVariantMap() : engine()->profiles()->summary(m_profileId);
    m_findings = withLocalTexts(stored("findings").toList());
    Q_EMIT profileChanged();
    // The summary shows at once; Show fills in the rest.
    if (exists() && engine()->available()) {
        engine()->show(m_profileId);
    }
}

void ProfileDetails::readStatus() {
    m_status = engine() == nullptr ? QVariantMap() : engine()->status(m_profileId);
    const auto now = state();
    if (now == QStringLiteral("connected") || now == QStringLiteral("connecting")) {
        m_second.start();
    } else {
        m_second.stop();
    }
    Q_EMIT statusChanged();
    Q_EMIT secondsChanged();
    readTraffic();
}

void ProfileDetails::readTraffic() {
    m_status = engine() == nullptr ? QVariantMap() : engine()->status(m_profileId);
    m_meter = engine() == nullptr ? TrafficMeter() : engine()->traffic(m_profileId);
    Q_EMIT trafficChanged();
}

QString ProfileDetails::state() const {
    const auto state = live("state").toString();
    return state.isEmpty() ? QStringLiteral("disconnected") : state;
}

ErrorText ProfileDetails::refusal() const {
    const auto map = stored("refusal").toMap();
    return map.isEmpty() ? ErrorText() : ErrorText::fromMap(map);
}

int ProfileDetails::seconds() const {
    const auto since = live("since").toLongLong();
    const auto elapsed = QDateTime::currentMSecsSinceEpoch() - since;
    return since <= 0 || elapsed < 0 ? 0 : static_cast<int>(elapsed / 1000);
}

ErrorText ProfileDetails::error() const {
    const auto map = live("error").toMap();
    return map.isEmpty() || state() != QStringLiteral("failed") ? ErrorText() : ErrorText::fromMap(map);
}

} // namespace tern::gui

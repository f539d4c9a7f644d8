#include "app/engine/service.h"

#include "app/dbus/names.h"
#include "app/engine/certificate_map.h"
#include "app/engine/credentials.h"
#include "app/engine/imported_secrets.h"
#include "app/engine/migration_map.h"
#include "app/engine/probe_map.h"
#include "app/engine/probe_request.h"
#include "app/engine/profile_map.h"
#include "app/engine/server_trust.h"
#include "core/base/catalogue.h"
#include "core/base/resident.h"
#include "core/formats/export.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDate>
#include <algorithm>
#include <engine1_adaptor.h>
#include <fcntl.h>
#include <unordered_map>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::engine::Service)
};

// With nothing connected and nobody asking, ternd ends; the bus starts it again.
constexpr std::chrono::minutes idleLimit{5};

// After a start or a connect most of what they needed is not needed again for hours.
constexpr std::chrono::seconds quietAfter{10};

constexpr std::chrono::seconds shutDownLimit{5};

constexpr qsizetype longestFileName = 255;

QDBusMessage errorReply(const QDBusMessage& call, const base::Error& error) {
    const auto map = dbus::toMap(error);
    auto reply = call.createErrorReply(dbus::engineError,
                                       map.value(u"code"_s).toString() + u": "_s + map.value(u"sentence"_s).toString());
    // Simple callers read the message; the second argument is the whole error.
    reply << QVariant(map);
    return reply;
}

} // namespace

Service::Service(const std::filesystem::path& profiles, std::filesystem::path policyFolder)
    : m_library(profiles)
    , m_policy(std::move(policyFolder), m_log)
    , m_controller(m_library, m_log, m_keyring, m_prompts, m_policy, m_judge)
    , m_migrations(m_library, m_controller, m_keyring, m_log, [this] { return m_policy.current(); }) {
    dbus::registerTypes();
    connect(&m_log, &EventLog::added, this, &Service::Logged);
    connect(&m_prompts, &Prompts::prompted, this, &Service::Prompted);
    connect(&m_prompts, &Prompts::closed, this, &Service::PromptClosed);
    connect(&m_controller, &Controller::statusChanged, this, [this](const QVariantMap& status) {
        touch();
        Q_EMIT StatusChanged(status);
    });
    connect(&m_controller, &Controller::profilesChanged, this, &Service::ProfilesChanged);
    connect(&m_keyring, &Keyring::keptChanged, this, &Service::ProfilesChanged);
    connect(&m_policy, &PolicyWatch::changed, this, [this] {
        Q_EMIT PolicyChanged();
        Q_EMIT ProfilesChanged();
    });
    m_day.setInterval(std::chrono::minutes(1));
    connect(&m_day, &QTimer::timeout, this, [this, day = QDate::currentDate()]() mutable {
        if (std::exchange(day, QDate::currentDate()) != QDate::currentDate()) {
            Q_EMIT ProfilesChanged();
        }
    });
    connect(&m_keyring, &Keyring::keptChanged, &m_migrations, &Migrations::movePending);
    connect(&m_migrations, &Migrations::changed, this, &Service::MigrationChanged);
    connect(&m_migrations, &Migrations::profilesChanged, this, &Service::ProfilesChanged);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietAfter);
    connect(&m_quiet, &QTimer::timeout, this, [] { base::giveBackMemory(); });
    m_idle.setInterval(idleLimit);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (!m_controller.isActive() && !m_probes.isActive()) {
            QCoreApplication::quit();
        }
    });
}

base::Result<void> Service::start() {
    auto problems = m_library.load();
    if (!problems) {
        // Without its profiles ternd still answers, and says why the list is empty.
        m_log.add({}, problems.error());
    } else {
        for (const auto& problem : *problems) {
            m_log.add({}, problem.error);
        }
    }
    auto bus = QDBusConnection::sessionBus();
    // The adaptor belongs to this object, which Qt's ownership of children ends.
    auto adaptor = std::make_unique<TernEngine1Adaptor>(this);
    static_cast<void>(adaptor.release());
    if (!bus.registerObject(dbus::enginePath, this, QDBusConnection::ExportAdaptors)) {
        return base::fail("tern.engine.unavailable", {}, "the object path is taken or there is no session bus");
    }
    if (!bus.registerService(dbus::engineService)) {
        return base::fail("tern.engine.unavailable", {}, "another ternd runs on this session bus");
    }
    m_log.add(Level::Info, {}, Tr::tr("Tern %1 is ready.").arg(QStringLiteral(TERN_VERSION)));
    m_idle.start();
    m_day.start();
    m_quiet.start();
    return {};
}

void Service::shutDown() {
    if (!m_controller.isActive()) {
        QCoreApplication::quit();
        return;
    }
    connect(&m_controller, &Controller::statusChanged, this, [this] {
        if (!m_controller.isActive()) {
            QCoreApplication::quit();
        }
    });
    QTimer::singleShot(shutDownLimit, this, [] { QCoreApplication::quit(); });
    m_controller.stop({});
}

QVariantMap Service::Import(const QDBusUnixFileDescriptor& file, const QString& name, const QVariantMap& options) {
    touch();
    Q_UNUSED(options) // "format" other than "" has no meaning yet: the content decides
    const auto shown = name.left(longestFileName);
    const base::UniqueFd own(::fcntl(file.fileDescriptor(), F_DUPFD_CLOEXEC, 0));
    auto report = m_library.import(own, shown.toStdString());
    if (!report) {
        m_log.add({}, report.error());
        refuse(report.error());
        return {};
    }
    m_log.add(Level::Info, {},
              Tr::tr("Imported %1: %2 added, %3 skipped.").arg(shown).arg(report->added.size()).arg(report->skipped));
    if (!report->added.empty()) {
        Q_EMIT ProfilesChanged();
    }
    if (report->secrets.empty() || !calledFromDBus()) {
        return importMap(*report);
    }
    // What is told of the passwords has to be so: the answer waits for the keyring.
    setDelayedReply(true);
    const auto waiting = std::make_shared<Library::ImportReport>(std::move(*report));
    keepSecrets(m_keyring, std::move(waiting->secrets),
                [this, waiting, call = message(), bus = connection()](const QSet<QString>& notKept) {
                    QSet<QString> names[2];
                    for (const auto& id : waiting->added) {
                        if (const auto profile = m_library.find(id)) {
                            const bool failed = notKept.contains(QString::fromStdString(id));
                            names[failed ? 1 : 0].insert(QString::fromStdString(profile->name));
                        }
                    }
                    tellWhatWasKept(waiting->problems, names[0], names[1]);
                    bus.send(call.createReply(QVariant(importMap(*waiting))));
                });
    return {};
}

QVariantMap Service::importMap(const Library::ImportReport& report) const {
    std::unordered_map<std::string_view, const profile::Profile*> byId;
    for (const auto& profile : m_library.profiles()) {
        byId.emplace(profile.id, &profile);
    }
    QVariantList profiles;
    for (const auto& id : report.added) {
        if (const auto found = byId.find(id); found != byId.end()) {
            profiles << QVariant(summary(*found->second));
        }
    }
    QVariantList problems;
    for (const auto& problem : report.problems) {
        problems << QVariant(problemMap(problem));
    }
    return {{u"added"_s, static_cast<uint>(report.added.size())},
            {u"skipped"_s, static_cast<uint>(report.skipped)},
            {u"profiles"_s, profiles},
            {u"problems"_s, problems}};
}

dbus::MapList Service::List() {
    touch();
    dbus::MapList list;
    for (const auto& profile : m_library.profiles()) {
        list << summary(profile);
    }
    return list;
}

QVariantMap Service::Show(const QString& name) {
    touch();
    const auto profile = m_library.find(name.toStdString());
    if (!profile) {
        refuse(profile.error());
        return {};
    }
    auto details = profileDetails(*profile, m_judge.judge(*profile), hasPassword(*profile));
    details.insert(u"migrated"_s, m_library.isSuccessor(profile->id));
    return details;
}

void Service::Edit(const QString& id, const QVariantMap& changes) {
    touch();
    const auto before = m_library.find(id.toStdString());
    if (const auto edited = m_library.edit(id.toStdString(), changes); !edited) {
        refuse(edited.error());
        return;
    }
    const auto after = m_library.find(id.toStdString());
    const auto isKey = [](const profile::Profile& each) { return each.authentication.method == profile::Method::Psk; };
    const bool otherUse = before && after && isKey(*before) != isKey(*after);
    const bool notWanted = changes.contains(u"remember-password"_s) && !changes.value(u"remember-password"_s).toBool();
    // A password is no shared key: whoever poses as the server could guess it from the first message.
    if (otherUse || notWanted) {
        m_keyring.remove(id);
    }
    Q_EMIT ProfilesChanged();
}

QVariantMap Service::Export(const QString& name, const QString& format, const QVariantMap& options) {
    touch();
    Q_UNUSED(options) // none yet
    const auto profile = m_library.find(name.toStdString());
    const auto wanted = formats::exportFormatFromName(format.toStdString());
    if (!profile || !wanted) {
        refuse(profile ? base::Error{"tern.formats.export.format", {format.left(longestFileName).toStdString()}, {}}
                       : profile.error());
        return {};
    }
    const auto exported = formats::exportProfile(*profile, *wanted);
    if (!exported) {
        refuse(exported.error());
        return {};
    }
    QVariantList notes;
    for (const auto& note : exported->notes) {
        notes << QVariant(dbus::toMap(note));
    }
    return {{u"name"_s, QString::fromStdString(exported->name)},
            {u"content"_s, QByteArray(reinterpret_cast<const char*>(exported->content.data()),
                                      static_cast<qsizetype>(exported->content.size()))},
            {u"notes"_s, notes}};
}

void Service::Remove(const QString& id) {
    touch();
    const auto profile = m_library.find(id.toStdString());
    if (profile && m_controller.isActive(id)) {
        refuse({"tern.engine.in-use", {profile->name}, {}});
        return;
    }
    if (const auto removed = m_library.remove(id.toStdString()); !removed) {
        refuse(removed.error());
        return;
    }
    forget(id);
    Q_EMIT ProfilesChanged();
}

void Service::ForgetPassword(const QString& id) {
    touch();
    if (const auto forgotten = m_library.setRememberPassword(id.toStdString(), false); !forgotten) {
        refuse(forgotten.error());
        return;
    }
    forget(id);
    Q_EMIT ProfilesChanged();
}

QString Service::Connect(const QString& name, const QVariantMap& options) {
    touch();
    Controller::ConnectOptions wanted;
    wanted.secret = takeSecret(options, u"secret"_s);
    wanted.keySecret = takeSecret(options, u"key-secret"_s);
    wanted.username = options.value(u"username"_s).toString();
    wanted.acknowledgesL2tp = options.value(u"acknowledge-l2tp"_s).toBool();
    wanted.interactive = options.value(u"interactive"_s, true).toBool();
    const auto profile = m_library.find(name.toStdString());
    if (!profile) {
        refuse(profile.error());
        return {};
    }
    if (const auto started = m_controller.start(*profile, std::move(wanted)); !started) {
        m_log.add(QString::fromStdString(profile->id), started.error());
        refuse(started.error());
        return {};
    }
    return QString::fromStdString(profile->id);
}

void Service::Disconnect(const QString& name) {
    touch();
    if (name.isEmpty()) {
        m_controller.stop({});
        return;
    }
    const auto profile = m_library.find(name.toStdString());
    if (!profile) {
        refuse(profile.error());
        return;
    }
    m_controller.stop(QString::fromStdString(profile->id));
}

dbus::MapList Service::Status() {
    touch();
    return m_controller.statuses();
}

void Service::Answer(qulonglong prompt, const QVariantMap& answer) {
    touch();
    if (const auto taken = m_prompts.answer(prompt, answer); !taken) {
        refuse(taken.error());
    }
}

dbus::MapList Service::Log(uint most) {
    touch();
    return m_log.last(most);
}

QVariantMap Service::Info() {
    touch();
    return {{u"version"_s, QStringLiteral(TERN_VERSION)},
            {u"keyring"_s, m_keyring.available()},
            {u"helper"_s, m_controller.helperAvailable()},
            {u"prompts"_s, m_prompts.open()}};
}

QVariantMap Service::Policy() {
    touch();
    return m_policy.map();
}

QVariantMap Service::LookAtCertificate(const QString& source, const QVariantMap& options) {
    touch();
    auto looked = lookAtCertificate(source, takeSecret(options, u"secret"_s));
    if (!looked) {
        refuse(looked.error());
        return {};
    }
    return *looked;
}

dbus::MapList Service::TokenCertificates() {
    touch();
    return tokenCertificates();
}

void Service::forget(const QString& id) {
    m_keyring.remove(id);
    m_keyring.remove(ProfileCredentials::keyringKey(id));
    m_keyring.remove(ProfileCredentials::ppkKey(id));
    m_keyring.remove(ProfileCredentials::l2tpKey(id));
}

QVariantMap Service::Certificates(const QString& name) {
    touch();
    const auto profile = m_library.find(name.toStdString());
    if (!profile) {
        refuse(profile.error());
        return {};
    }
    return certificatesMap(*profile, m_controller.certificates(QString::fromStdString(profile->id)).get());
}

void Service::Trust(const QString& id, const QString& fingerprint) {
    touch();
    const auto report = m_controller.certificates(id);
    if (!report) {
        refuse({"tern.engine.certificate-changed", {id.toStdString()}, {}});
        return;
    }
    if (const auto trusted = m_library.trust(id.toStdString(), *report, fingerprint.toStdString()); !trusted) {
        refuse(trusted.error());
        return;
    }
    m_log.add(Level::Info, id, Tr::tr("The server's certificate is trusted from now on."));
    Q_EMIT ProfilesChanged();
}

QVariantMap Service::Probe(const QString& host, const QVariantMap& options) {
    touch();
    std::optional<profile::Profile> profile;
    if (const auto name = options.value(u"profile"_s).toString(); !name.isEmpty()) {
        auto found = m_library.find(name.toStdString());
        if (!found) {
            refuse(found.error());
            return {};
        }
        profile = std::move(*found);
    }
    auto config = probeRequest(host, options, std::move(profile),
                               [this](const profile::Profile& trusting) { return m_controller.trustFor(trusting); });
    if (!config) {
        refuse(config.error());
        return {};
    }
    m_log.add(Level::Info, {}, Tr::tr("Checking what %1 offers.").arg(QString::fromStdString(config->target.host)));
    // The answer comes when there is one.
    setDelayedReply(calledFromDBus());
    const auto call = calledFromDBus() ? QDBusContext::message() : QDBusMessage();
    const auto bus = calledFromDBus() ? QDBusContext::connection() : QDBusConnection(QString());
    m_probes.start(std::move(*config), [this, call, bus](base::Result<ProbeRun::Found> found) {
        touch();
        if (!found) {
            bus.send(errorReply(call, found.error()));
            return;
        }
        found->result.throughVpn = isTunnelAddress(found->from);
        m_migrations.remember(found->result);
        bus.send(call.createReply(QVariant(probeMap(found->result))));
    });
    return {};
}

bool Service::isTunnelAddress(const std::vector<base::IpAddress>& addresses) const {
    QStringList tunnel;
    for (const auto& status : m_controller.statuses()) {
        tunnel << status.value(u"addresses"_s).toStringList();
    }
    return std::any_of(addresses.begin(), addresses.end(), [&](const base::IpAddress& address) {
        return std::any_of(tunnel.begin(), tunnel.end(), [&](const QString& own) {
            return own.section(u'/', 0, 0) == QString::fromStdString(address.text());
        });
    });
}

QVariantMap Service::PlanMigration(const QString& name, const QVariantMap& options) {
    touch();
    const auto wish = migrationWish(options);
    const auto planned = wish ? m_migrations.plan(name.toStdString(), *wish)
                              : base::Result<Migrations::Planned>(base::fail(wish.error()));
    if (!planned) {
        refuse(planned.error());
        return {};
    }
    return planMap(*planned);
}

QString Service::Migrate(const QString& name, const QVariantMap& options) {
    touch();
    Migrations::Try trial;
    trial.connect = options.value(u"try"_s, true).toBool();
    trial.stay = options.value(u"stay"_s, false).toBool();
    trial.options.secret = takeSecret(options, u"secret"_s);
    trial.options.keySecret = takeSecret(options, u"key-secret"_s);
    trial.options.interactive = options.value(u"interactive"_s, true).toBool();
    const auto wish = migrationWish(options);
    const auto started = wish ? m_migrations.start(name.toStdString(), *wish, std::move(trial))
                              : base::Result<QString>(base::fail(wish.error()));
    if (!started) {
        m_log.add({}, started.error());
        refuse(started.error());
        return {};
    }
    return *started;
}

QString Service::UndoMigration(const QString& name) {
    touch();
    const auto undone = m_migrations.undo(name.toStdString());
    if (!undone) {
        refuse(undone.error());
        return {};
    }
    return *undone;
}

dbus::MapList Service::Archived() {
    touch();
    dbus::MapList list;
    for (const auto& profile : m_library.archived()) {
        list << archivedMap(profile);
    }
    return list;
}

QVariantMap Service::Letter(const QString& name, const QVariantMap& options) {
    touch();
    const auto wish = migrationWish(options);
    base::Result<void> result = wish ? base::Result<void>() : base::Result<void>(base::fail(wish.error()));
    QVariantMap letter;
    if (result) {
        letter = letterMap(
            options.value(u"language"_s).toString(), QString::fromStdString(m_policy.current().contact),
            [&] { return m_migrations.letter(name.toStdString(), *wish); }, result);
    }
    if (!result) {
        refuse(result.error());
    }
    return letter;
}

void Service::refuse(const base::Error& error) {
    if (!calledFromDBus()) {
        return;
    }
    setDelayedReply(true);
    QDBusContext::connection().send(errorReply(QDBusContext::message(), error));
}

void Service::touch() {
    m_quiet.start();
    if (m_idle.isActive()) {
        m_idle.start();
    }
}

bool Service::hasPassword(const profile::Profile& profile) const {
    return m_keyring.has(QString::fromStdString(profile.id));
}

QVariantMap Service::summary(const profile::Profile& profile) const {
    auto map = profileSummary(profile, m_judge.judge(profile), hasPassword(profile));
    map.insert(u"migrated"_s, m_library.isSuccessor(profile.id));
    return map;
}

} // namespace tern::engine

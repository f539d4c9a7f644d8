#include "app/gui/application.h"

#include "translations/i18n.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>

namespace tern::gui {

namespace {

constexpr int trayConnections = 15;
const QUrl mainWindow(QStringLiteral("qrc:/qt/qml/Tern/Pages/MainWindow.qml"));

QLocale localeFor(const QString& language) {
    return language.isEmpty() ? QLocale::system() : QLocale(language);
}

} // namespace

Options parseArguments(const QApplication& app) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Options", "VPN connections, and help to leave PPTP and L2TP."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption theme(
        QStringLiteral("theme"), QCoreApplication::translate("Options", "Colours for this run: light, dark or system."),
        QStringLiteral("theme"));
    const QCommandLineOption language(
        QStringLiteral("language"),
        QCoreApplication::translate("Options", "Language for this run, such as en or zh_CN."),
        QStringLiteral("language"));
    const QCommandLineOption background(QStringLiteral("background"),
                                        QCoreApplication::translate("Options", "Start in the tray, without a window."));
    parser.addOptions({theme, language, background});
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QCoreApplication::translate("Options", "A Windows phonebook (.pbk) to import."),
                                 QStringLiteral("[file]"));
    parser.process(app);
    Options options{parser.value(theme), parser.value(language), {}, parser.isSet(background)};
    const auto files = parser.positionalArguments();
    for (const auto& file : files) {
        const auto isUrl = file.startsWith(QStringLiteral("file:"));
        options.files += isUrl ? QUrl(file) : QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath());
    }
    return options;
}

Application::Application(QApplication& app, const Options& options)
    : m_app(app)
    , m_options(options)
    , m_bus(QDBusConnection::sessionBus())
    , m_instance(m_bus)
    , m_colors(m_bus)
    , m_engine(m_bus)
    , m_tray(m_bus)
    , m_notifier(m_bus) {
    if (!options.theme.isEmpty()) {
        m_settings.overrideTheme(options.theme);
    }
    if (!options.language.isEmpty()) {
        m_settings.overrideLanguage(options.language);
    }
    connect(&m_settings, &Settings::themeChanged, this, &Application::applyTheme);
    connect(&m_settings, &Settings::languageChanged, this, &Application::applyLanguage);
    connect(&m_colors, &ColorScheme::darkChanged, this, &Application::applyTheme);
    connect(&m_instance, &SingleInstance::activateRequested, this, &Application::raise);
    connect(&m_instance, &SingleInstance::openRequested, &m_shell, &Shell::importRequested);
    connectTray();
    connectNotifications();
    applyTheme();
    applyLanguage();
}

Application::~Application() = default;

std::optional<int> Application::begin() {
    if (m_instance.claim(m_options.files) == SingleInstance::Outcome::Forwarded) {
        return 0;
    }
    m_qml.addImportPath(QStringLiteral(":/qt/qml"));
    m_qml.setInitialProperties({{QStringLiteral("engine"), QVariant::fromValue(&m_engine)},
                                {QStringLiteral("settings"), QVariant::fromValue(&m_settings)},
                                {QStringLiteral("shell"), QVariant::fromValue(&m_shell)}});
    m_qml.load(mainWindow);
    if (m_qml.rootObjects().isEmpty()) {
        return 1;
    }
    m_window = qobject_cast<QQuickWindow*>(m_qml.rootObjects().constFirst());
    m_engine.start();
    // Without a tray a window that does not open could never be opened.
    if (!m_options.background || !m_tray.available()) {
        m_window->show();
    }
    for (const auto& file : std::as_const(m_options.files)) {
        Q_EMIT m_shell.importRequested(file);
    }
    return std::nullopt;
}

void Application::connectTray() {
    const auto follow = [this] { m_shell.setHasTray(m_tray.available()); };
    connect(&m_tray, &Tray::availableChanged, this, follow);
    // An XEmbed tray takes the icon in when it gets round to it.
    QTimer::singleShot(1000, this, follow);
    follow();
    connect(&m_tray, &Tray::openRequested, this, &Application::raise);
    connect(&m_tray, &Tray::toggleRequested, this, &Application::toggle);
    connect(&m_tray, &Tray::quitRequested, &m_shell, &Shell::quit);
    connect(&m_tray, &Tray::connectRequested, &m_engine, &EngineClient::connectProfile);
    connect(&m_tray, &Tray::disconnectRequested, &m_engine, &EngineClient::disconnectProfile);
    connect(&m_engine, &EngineClient::statusChanged, this, &Application::updateTray);
    connect(&m_engine, &EngineClient::activeChanged, this, &Application::updateTray);
    connect(m_engine.profiles(), &ProfileModel::profilesReplaced, this, &Application::updateTray);
}

void Application::connectNotifications() {
    connect(&m_notifier, &Notifier::activated, this, &Application::raise);
    connect(&m_engine, &EngineClient::connected, this, [this](const QString& name) {
        if (!windowActive()) {
            m_notifier.notify(tr("Connected"), name, Notifier::Urgency::Low);
        }
    });
    connect(&m_engine, &EngineClient::disconnected, this, [this](const QString& name) {
        if (!windowActive()) {
            m_notifier.notify(tr("Disconnected"), name, Notifier::Urgency::Low);
        }
    });
    connect(&m_engine, &EngineClient::failed, this,
            [this](const QString&, const QString& name, const ErrorText& error) {
                m_failedName = name;
                updateTray();
                if (!windowActive()) {
                    m_notifier.notify(tr("%1 is not connected").arg(name), error.sentence, Notifier::Urgency::Normal);
                }
            });
    connect(&m_engine, &EngineClient::acknowledgementWanted, this, &Application::raise);
    // A question cannot wait until somebody thinks of opening the window.
    connect(&m_engine, &EngineClient::promptChanged, this, [this] {
        if (!m_engine.prompt().number.isEmpty()) {
            raise();
        }
    });
}

void Application::applyTheme() {
    const auto theme = m_settings.theme();
    m_shell.setDark(theme == QStringLiteral("dark") || (theme == QStringLiteral("system") && m_colors.dark()));
}

void Application::applyLanguage() {
    const auto locale = localeFor(m_settings.language());
    QLocale::setDefault(locale);
    i18n::installTranslator(m_app, locale);
    m_qml.retranslate();
    m_engine.refreshTexts();
    m_tray.retranslate();
}

void Application::raise() {
    if (m_window != nullptr) {
        m_window->show();
        m_window->raise();
        m_window->requestActivate();
        Q_EMIT m_shell.raiseRequested();
    }
}

void Application::toggle() {
    if (m_window != nullptr && m_window->isVisible() && m_window->isActive() && m_tray.available()) {
        m_window->hide();
    } else {
        raise();
    }
}

bool Application::windowActive() const {
    return m_window != nullptr && m_window->isVisible() && m_window->isActive();
}

TrayContent Application::trayContent() {
    TrayContent content;
    content.activeId = m_engine.activeId();
    const auto status = m_engine.status(content.activeId);
    const auto state = status.value(QStringLiteral("state")).toString();
    if (state == QStringLiteral("connected")) {
        content.state = TrayContent::State::Connected;
    } else if (!content.activeId.isEmpty()) {
        content.state = TrayContent::State::Connecting;
        content.stage = status.value(QStringLiteral("stage")).toString();
    } else if (!m_failedName.isEmpty()) {
        content.state = TrayContent::State::Warning;
    }
    content.name = content.activeId.isEmpty() ? m_failedName : m_engine.profiles()->nameOf(content.activeId);
    const auto usable = m_engine.profiles()->usable(trayConnections);
    for (const auto& id : usable) {
        content.usable.append({id, m_engine.profiles()->nameOf(id)});
    }
    return content;
}

void Application::updateTray() {
    if (!m_engine.activeId().isEmpty()) {
        m_failedName.clear();
    }
    m_tray.show(trayContent());
}

} // namespace tern::gui

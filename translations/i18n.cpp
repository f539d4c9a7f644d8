#include "translations/i18n.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>
#include <memory>

// Outside the namespace, as Q_INIT_RESOURCE asks: the resource sits in a static library nobody else refers to.
static void initTranslations() {
    Q_INIT_RESOURCE(tern_i18n);
}

namespace tern::i18n {

namespace {

const QString translatorName = QStringLiteral("tern-translator");

void install(QCoreApplication& app, std::unique_ptr<QTranslator> translator) {
    translator->setObjectName(translatorName);
    translator->setParent(&app);
    QCoreApplication::installTranslator(translator.release());
}

} // namespace

void installTranslator(QCoreApplication& app, const QLocale& locale) {
    initTranslations();
    const auto old = app.findChildren<QTranslator*>(translatorName, Qt::FindDirectChildrenOnly);
    for (QTranslator* translator : old) {
        QCoreApplication::removeTranslator(translator);
        translator->deleteLater();
    }
    // Qt's own words (file dialog, buttons) first, so that ours win.
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        install(app, std::move(qt));
    }
    auto ours = std::make_unique<QTranslator>();
    if (ours->load(locale, QStringLiteral("tern"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        ours->load(QStringLiteral(":/i18n/tern_en.qm"))) {
        install(app, std::move(ours));
    }
}

} // namespace tern::i18n

// The language of a program: what Tern's own strings, the catalogue's sentences and Qt's are shown in.
#pragma once

#include <QLocale>

class QCoreApplication;

namespace tern::i18n {

// Installs the translators for the locale, replacing the ones an earlier call installed; English where there is no
// translation. Call it from the main thread. The translators belong to app.
void installTranslator(QCoreApplication& app, const QLocale& locale);

} // namespace tern::i18n

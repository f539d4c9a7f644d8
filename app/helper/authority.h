// Asks polkit whether a caller may connect. The subject is the caller's unique bus name, never a process id, which
// could have become another process by then (CVE-2023-4104).
#pragma once

#include "core/base/error.h"

#include <QDBusConnection>
#include <QObject>
#include <functional>

namespace tern::helper {

class Authority : public QObject {
    Q_OBJECT
public:
    // Called once, later. An error is tern.helper.not-authorized.
    using Answer = std::function<void(const base::Result<void>&)>;

    explicit Authority(const QDBusConnection& bus);

    // mayPrompt: the caller set ALLOW_INTERACTIVE_AUTHORIZATION in its message.
    void check(const QString& caller, bool mayPrompt, Answer answer);

private:
    // Without polkit nobody can be asked: then root may (it could do all this without us), and nobody else.
    void checkRoot(const QString& caller, const QString& why, const Answer& answer);

    QDBusConnection m_bus;
};

} // namespace tern::helper

// Questions to the user, open until somebody answers, cancels or nobody needs the answer any more. Any client of the
// bus may answer; the first answer counts.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <QObject>
#include <QVariantMap>
#include <functional>
#include <map>
#include <optional>

namespace tern::engine {

class Prompts : public QObject {
    Q_OBJECT
public:
    struct Answer {
        QString username;
        base::SecureBytes secret;
        bool remember = false;
    };
    using Done = std::function<void(std::optional<Answer>)>; // nothing: cancelled

    // prompt: as in org.ternvpn.Engine1.xml, without its number. Answers the number.
    qulonglong ask(QVariantMap prompt, Done done);
    // Closes it without calling back.
    void withdraw(qulonglong number);
    // tern.engine.no-such-prompt. Wipes the secret's octets in `answer`.
    [[nodiscard]] base::Result<void> answer(qulonglong number, const QVariantMap& answer);
    [[nodiscard]] QVariantList open() const;

Q_SIGNALS:
    void prompted(const QVariantMap& prompt);
    void closed(qulonglong number);

private:
    struct Open {
        QVariantMap prompt;
        Done done;
    };
    std::map<qulonglong, Open> m_open;
    qulonglong m_last = 0;
};

// The octets under `key` as a secret; the map's own copy is overwritten. Nothing when there are none.
[[nodiscard]] std::optional<base::SecureBytes> takeSecret(const QVariantMap& map, const QString& key);

} // namespace tern::engine

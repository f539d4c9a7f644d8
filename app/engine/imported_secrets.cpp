#include "app/engine/imported_secrets.h"

#include "app/engine/credentials.h"

#include <QTimer>
#include <deque>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

// Less than a caller waits for the answer of an import.
constexpr std::chrono::seconds limit{45};

// Keeps itself alive until it is done.
class Keeper : public std::enable_shared_from_this<Keeper> {
public:
    Keeper(Keyring& keyring, std::vector<formats::ImportedSecret> secrets, std::function<void(QSet<QString>)> done)
        : m_keyring(keyring)
        , m_secrets(std::make_move_iterator(secrets.begin()), std::make_move_iterator(secrets.end()))
        , m_done(std::move(done)) {}

    void start() {
        if (!m_secrets.empty() && m_keyring.available()) {
            QTimer::singleShot(limit, &m_keyring, [self = weak_from_this()] {
                if (const auto keeper = self.lock()) {
                    keeper->finish();
                }
            });
        }
        next();
    }

private:
    void next() {
        if (m_secrets.empty() || !m_keyring.available()) {
            finish();
            return;
        }
        const auto profile = QString::fromStdString(m_secrets.front().profile);
        const auto place = keyringPlace(m_secrets.front());
        m_keyring.write(place, std::move(m_secrets.front().value),
                        [self = shared_from_this(), profile](const base::Result<void>& written) {
                            if (!written) {
                                self->m_notKept.insert(profile);
                            }
                            if (!self->m_secrets.empty()) {
                                self->m_secrets.pop_front();
                                self->next();
                            }
                        });
    }

    void finish() {
        for (const auto& secret : m_secrets) {
            m_notKept.insert(QString::fromStdString(secret.profile));
        }
        m_secrets.clear();
        if (const auto done = std::exchange(m_done, nullptr)) {
            done(m_notKept);
        }
    }

    Keyring& m_keyring;
    std::deque<formats::ImportedSecret> m_secrets;
    std::function<void(QSet<QString>)> m_done;
    QSet<QString> m_notKept;
};

} // namespace

QString keyringPlace(const formats::ImportedSecret& secret) {
    auto id = QString::fromStdString(secret.profile);
    switch (secret.kind) {
    case formats::ImportedSecret::Kind::L2tpPreSharedKey:
        return ProfileCredentials::l2tpKey(id);
    case formats::ImportedSecret::Kind::KeyPassPhrase:
        return ProfileCredentials::keyringKey(id);
    case formats::ImportedSecret::Kind::Password:
    case formats::ImportedSecret::Kind::PreSharedKey:
        break;
    }
    return id;
}

void keepSecrets(Keyring& keyring, std::vector<formats::ImportedSecret> secrets,
                 std::function<void(QSet<QString>)> done) {
    std::make_shared<Keeper>(keyring, std::move(secrets), std::move(done))->start();
}

void tellWhatWasKept(std::vector<formats::ImportProblem>& problems, const QSet<QString>& kept,
                     const QSet<QString>& notKept) {
    for (auto& problem : problems) {
        const auto name = QString::fromStdString(problem.entry);
        if (problem.error.code != "tern.formats.note.secret-in-file") {
            continue;
        }
        if (notKept.contains(name)) {
            problem.error.code = "tern.engine.secret-not-kept";
        } else if (kept.contains(name)) {
            problem.error.code = "tern.engine.secret-kept";
        }
    }
}

} // namespace tern::engine

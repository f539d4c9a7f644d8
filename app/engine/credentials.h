// Who logs in to one connection: the keyring's answer first, else the person's, who is asked through Prompts. What the
// person typed goes into the keyring only after the server has accepted it.
#pragma once

#include "app/engine/keyring.h"
#include "app/engine/prompts.h"
#include "core/connection/environment.h"
#include "core/profile/profile.h"

#include <QObject>

namespace tern::engine {

class ProfileCredentials : public QObject, public connection::CredentialSource {
public:
    struct Options {
        bool interactive = true;
        bool rejected = false; // what the keyring has was refused before: ask anew
        QString keptUnder;     // where the keyring has what belongs to this profile; "": under the profile's id
    };
    // Begins to read the keyring at once, so that the answer is there when the server asks.
    ProfileCredentials(const profile::Profile& profile, Options options, Keyring& keyring, Prompts& prompts);

    [[nodiscard]] connection::PendingPtr ask(const connection::Question& question, Answered answered) override;

    // What the person typed last, for keeping; nothing when the keyring or the caller knew it.
    [[nodiscard]] std::optional<Prompts::Answer> takeTyped() { return std::exchange(m_typed, std::nullopt); }
    // Keys beside the password: where the keyring has a post-quantum pre-shared key, and the shared key of L2TP.
    [[nodiscard]] static QString ppkKey(const QString& id) { return id + QLatin1String("/ppk"); }
    [[nodiscard]] static QString l2tpKey(const QString& id) { return id + QLatin1String("/l2tp-psk"); }
    // Those of them that the person typed, for keeping, each by where the keyring has it.
    [[nodiscard]] std::vector<std::pair<QString, Prompts::Answer>> takeTypedKeys() {
        return std::exchange(m_typedKeys, {});
    }
    // Of the pre-shared key that was given last, by whomever: how many octets it has; nothing when none was.
    [[nodiscard]] std::optional<std::size_t> sharedKeySize() const { return m_sharedKeySize; }
    // The pass phrase of the key file, likewise.
    [[nodiscard]] std::optional<Prompts::Answer> takeTypedPassPhrase() {
        return std::exchange(m_typedPassPhrase, std::nullopt);
    }
    // Where the keyring has the pass phrase of a profile's key file, beside its password.
    [[nodiscard]] static QString keyringKey(const QString& profile);
    // What the person typed last for a proxy, and where the keyring has it: both the name and the password, for the
    // proxy has nothing to do with the profile.
    [[nodiscard]] std::optional<Prompts::Answer> takeTypedForProxy() {
        return std::exchange(m_typedForProxy, std::nullopt);
    }
    [[nodiscard]] const QString& proxyKey() const { return m_proxyKey; }
    // Name and password as the keyring keeps them, a line each.
    [[nodiscard]] static base::SecureBytes proxySecret(const Prompts::Answer& answer);
    [[nodiscard]] bool usedKeyring() const { return m_usedKeyring; }

private:
    class PendingQuestion;

    QString m_id;
    QString m_keptUnder;
    QString m_name;
    Options m_options;
    Keyring& m_keyring;
    Prompts& m_prompts;
    bool m_looked = false; // the keyring has answered
    std::optional<base::SecureBytes> m_kept;
    bool m_usedKeyring = false;
    std::optional<Prompts::Answer> m_typed;
    std::vector<std::pair<QString, Prompts::Answer>> m_typedKeys;
    std::optional<std::size_t> m_sharedKeySize;
    std::optional<Prompts::Answer> m_typedPassPhrase;
    std::optional<Prompts::Answer> m_typedForProxy;
    QString m_proxyKey;
    std::function<void()> m_whenLooked;
};

} // namespace tern::engine

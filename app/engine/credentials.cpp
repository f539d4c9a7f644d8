#include "app/engine/credentials.h"

#include <QPointer>
#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;
using Kind = ike::Prompt::Kind;

QString kindName(const connection::Question& question) {
    if (question.ofProxy) {
        return u"proxy"_s;
    }
    switch (question.kind) {
    case Kind::Password:
        return u"password"_s;
    case Kind::Credentials:
        return u"credentials"_s;
    case Kind::Psk:
        return u"psk"_s;
    case Kind::PassPhrase:
        return u"pass-phrase"_s;
    case Kind::Pin:
        return u"pin"_s;
    case Kind::Code:
        return u"code"_s;
    case Kind::NewPassword:
        return u"new-password"_s;
    case Kind::Message:
        return u"message"_s;
    case Kind::Ppk:
        return u"ppk"_s;
    }
    return u"message"_s;
}

// What may go into the keyring. A code is good for once; of a PIN a token counts the mistakes, and whoever has both the
// token and this computer would have it all.
bool isKept(Kind kind) {
    return kind != Kind::Message && kind != Kind::Code && kind != Kind::Pin;
}

} // namespace

QString ProfileCredentials::keyringKey(const QString& profile) {
    return profile + u"/key"_s;
}

base::SecureBytes ProfileCredentials::proxySecret(const Prompts::Answer& answer) {
    base::SecureBytes lines((answer.username + u'\n').toStdString());
    lines.append(answer.secret.view());
    return lines;
}

class ProfileCredentials::PendingQuestion final : public connection::Pending {
public:
    PendingQuestion(ProfileCredentials& owner, connection::Question question, Answered answered)
        : m_owner(owner)
        , m_question(std::move(question))
        , m_answered(std::move(answered)) {
        // Never called back before ask() has returned.
        QMetaObject::invokeMethod(
            &m_context, [this] { begin(); }, Qt::QueuedConnection);
    }
    PendingQuestion(const PendingQuestion&) = delete;
    PendingQuestion& operator=(const PendingQuestion&) = delete;
    ~PendingQuestion() override {
        if (m_waitsForLook) {
            m_owner.m_whenLooked = nullptr; // another question's would be none of ours
        }
        if (m_prompt != 0) {
            m_owner.m_prompts.withdraw(m_prompt);
        }
    }

private:
    void begin() {
        if (m_question.ofProxy) {
            beginForProxy();
            return;
        }
        if (const auto key = keyBeside(m_owner.m_keptUnder); key && !m_owner.m_options.rejected) {
            m_owner.m_keyring.read(*key, [self = QPointer(&m_context), this](auto kept) {
                if (self) {
                    takeKeptKey(std::move(kept));
                }
            });
            return;
        }
        if (m_question.kind == Kind::PassPhrase && !m_question.retry) {
            m_owner.m_keyring.read(keyringKey(m_owner.m_keptUnder),
                                   [self = QPointer(&m_context), this](std::optional<base::SecureBytes> secret) {
                                       if (self && secret) {
                                           finish(std::make_optional(connection::Credentials{{}, std::move(*secret)}));
                                       } else if (self) {
                                           askPerson();
                                       }
                                   });
            return;
        }
        const bool keyringKnows =
            !keyBeside(m_owner.m_id) && (m_question.kind == Kind::Password || m_question.kind == Kind::Psk);
        if (!keyringKnows || m_question.retry || m_owner.m_options.rejected) {
            askPerson();
        } else if (m_owner.m_looked) {
            useKept();
        } else {
            m_waitsForLook = true;
            m_owner.m_whenLooked = [this] { useKept(); };
        }
    }

    void beginForProxy() {
        m_owner.m_proxyKey = u"proxy "_s + QString::fromStdString(m_question.server);
        if (m_question.retry) {
            askPerson();
            return;
        }
        m_owner.m_keyring.read(m_owner.m_proxyKey,
                               [self = QPointer(&m_context), this](std::optional<base::SecureBytes> kept) {
                                   if (self) {
                                       takeKeptForProxy(kept);
                                   }
                               });
    }

    void takeKeptForProxy(const std::optional<base::SecureBytes>& kept) {
        const auto octets = kept ? kept->view() : base::ByteView();
        const auto end = std::find(octets.begin(), octets.end(), std::uint8_t{'\n'});
        if (end == octets.end()) {
            askPerson();
            return;
        }
        const auto size = static_cast<std::size_t>(end - octets.begin());
        finish(std::make_optional(
            connection::Credentials{base::toText(octets.first(size)), base::SecureBytes(octets.subspan(size + 1))}));
    }

    // Where the keyring has it, of a key that is beside the password.
    [[nodiscard]] std::optional<QString> keyBeside(const QString& id) const {
        if (m_question.kind == Kind::Ppk) {
            return ppkKey(id);
        }
        return m_question.besidePassword ? std::optional(l2tpKey(id)) : std::nullopt;
    }

    void takeKeptKey(std::optional<base::SecureBytes> kept) {
        if (!kept) {
            askPerson();
            return;
        }
        m_owner.m_usedKeyring = true;
        finish(std::make_optional(connection::Credentials{{}, std::move(*kept)}));
    }

    void useKept() {
        m_waitsForLook = false;
        if (!m_owner.m_kept) {
            askPerson();
            return;
        }
        m_owner.m_usedKeyring = true;
        finish(std::make_optional(connection::Credentials{{}, m_owner.m_kept->clone()}));
    }

    void askPerson() {
        if (!m_owner.m_options.interactive && m_question.ofProxy) {
            finish(base::fail("tern.proxy.credentials-needed", {m_question.server}));
            return;
        }
        if (!m_owner.m_options.interactive && m_question.kind == Kind::Code) {
            finish(base::fail("tern.engine.code-needed", {m_owner.m_name.toStdString()}));
            return;
        }
        if (!m_owner.m_options.interactive && m_question.kind == Kind::NewPassword) {
            finish(base::fail("tern.eap.password-expired", {}, "nobody can type a new password"));
            return;
        }
        if (!m_owner.m_options.interactive && m_question.retry) {
            finish(base::fail("tern.eap.password", {}, "the server asks again and nobody can type"));
            return;
        }
        if (!m_owner.m_options.interactive) {
            finish(base::fail("tern.engine.password-needed", {m_owner.m_name.toStdString()}));
            return;
        }
        const bool ofKey = m_question.kind == Kind::PassPhrase || m_question.kind == Kind::Pin;
        const bool retry = m_question.retry ||
                           (!ofKey && !m_question.ofProxy && m_owner.m_options.rejected && isKept(m_question.kind));
        m_prompt = m_owner.m_prompts.ask({{u"id"_s, m_owner.m_id},
                                          {u"name"_s, m_owner.m_name},
                                          {u"kind"_s, kindName(m_question)},
                                          {u"server"_s, QString::fromStdString(m_question.server)},
                                          {u"username"_s, QString::fromStdString(m_question.username)},
                                          {u"text"_s, QString::fromStdString(m_question.text)},
                                          {u"can-remember"_s, isKept(m_question.kind) && m_owner.m_keyring.available()},
                                          {u"retry"_s, retry},
                                          {u"last-try"_s, m_question.lastTry}},
                                         [this](std::optional<Prompts::Answer> answer) { typed(std::move(answer)); });
    }

    void typed(std::optional<Prompts::Answer> answer) {
        m_prompt = 0;
        if (!answer) {
            finish(std::nullopt);
            return;
        }
        if (m_question.ofProxy) {
            auto login = connection::Credentials{answer->username.toStdString(), answer->secret.clone()};
            m_owner.m_typedForProxy = std::move(*answer);
            finish(std::make_optional(std::move(login)));
            return;
        }
        if (const auto beside = keyBeside(m_owner.m_id)) {
            auto key = connection::Credentials{{}, answer->secret.clone()};
            m_owner.m_typedKeys.emplace_back(*beside, std::move(*answer));
            finish(std::make_optional(std::move(key)));
            return;
        }
        if (m_question.kind == Kind::PassPhrase || m_question.kind == Kind::Pin) {
            auto credentials = connection::Credentials{{}, answer->secret.clone()};
            if (m_question.kind == Kind::PassPhrase) {
                m_owner.m_typedPassPhrase = std::move(*answer);
            }
            finish(std::make_optional(std::move(credentials)));
            return;
        }
        m_owner.m_usedKeyring = false;
        if (answer->username.isEmpty()) {
            // Only the password was asked for: it belongs to the name that was given before.
            answer->username = QString::fromStdString(m_question.username);
        }
        auto credentials = connection::Credentials{answer->username.toStdString(), answer->secret.clone()};
        if (isKept(m_question.kind)) {
            m_owner.m_typed = std::move(*answer);
        }
        finish(std::make_optional(std::move(credentials)));
    }

    void finish(base::Result<std::optional<connection::Credentials>> result) {
        if (m_question.kind == Kind::Psk && result && *result) {
            m_owner.m_sharedKeySize = (*result)->secret.size();
        }
        const auto answered = m_answered; // it may destroy this
        answered(std::move(result));
    }

    ProfileCredentials& m_owner;
    connection::Question m_question;
    Answered m_answered;
    QObject m_context;
    qulonglong m_prompt = 0;
    bool m_waitsForLook = false;
};

ProfileCredentials::ProfileCredentials(const profile::Profile& profile, Options options, Keyring& keyring,
                                       Prompts& prompts)
    : m_id(QString::fromStdString(profile.id))
    , m_keptUnder(options.keptUnder.isEmpty() ? m_id : options.keptUnder)
    , m_name(QString::fromStdString(profile.name))
    , m_options(std::move(options))
    , m_keyring(keyring)
    , m_prompts(prompts) {
    m_keyring.read(m_keptUnder, [self = QPointer(this)](std::optional<base::SecureBytes> secret) {
        if (!self) {
            return;
        }
        self->m_looked = true;
        self->m_kept = std::move(secret);
        if (const auto call = std::exchange(self->m_whenLooked, nullptr)) {
            call();
        }
    });
}

connection::PendingPtr ProfileCredentials::ask(const connection::Question& question, Answered answered) {
    return std::make_unique<PendingQuestion>(*this, question, std::move(answered));
}

} // namespace tern::engine

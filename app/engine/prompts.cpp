#include "app/engine/prompts.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

} // namespace

qulonglong Prompts::ask(QVariantMap prompt, Done done) {
    const auto number = ++m_last;
    prompt.insert(u"prompt"_s, number);
    m_open.emplace(number, Open{prompt, std::move(done)});
    Q_EMIT prompted(prompt);
    return number;
}

void Prompts::withdraw(qulonglong number) {
    if (m_open.erase(number) > 0) {
        Q_EMIT closed(number);
    }
}

base::Result<void> Prompts::answer(qulonglong number, const QVariantMap& answer) {
    auto secret = takeSecret(answer, u"secret"_s);
    const auto found = m_open.find(number);
    if (found == m_open.end()) {
        return base::fail("tern.engine.no-such-prompt", {}, std::to_string(number));
    }
    const auto done = std::move(found->second.done);
    m_open.erase(found);
    Q_EMIT closed(number);
    if (!secret) {
        done(std::nullopt);
    } else {
        done(Answer{answer.value(u"username"_s).toString(), std::move(*secret), answer.value(u"remember"_s).toBool()});
    }
    return {};
}

QVariantList Prompts::open() const {
    QVariantList list;
    for (const auto& [number, open] : m_open) {
        list << QVariant(open.prompt);
    }
    return list;
}

std::optional<base::SecureBytes> takeSecret(const QVariantMap& map, const QString& key) {
    const auto found = map.constFind(key);
    if (found == map.constEnd() || found->userType() != QMetaType::QByteArray) {
        return std::nullopt;
    }
    const auto* shared = static_cast<const QByteArray*>(found->constData());
    base::SecureBytes secret(std::string_view(shared->constData(), static_cast<std::size_t>(shared->size())));
    // Every copy of the QByteArray so far shares these octets.
    auto* octets = const_cast<char*>(shared->constData());
    base::wipe({reinterpret_cast<std::uint8_t*>(octets), static_cast<std::size_t>(shared->size())});
    return secret;
}

} // namespace tern::engine

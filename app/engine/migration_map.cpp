#include "app/engine/migration_map.h"

#include "app/dbus/types.h"
#include "app/engine/server_trust.h"
#include "core/migrate/letter.h"
#include "translations/i18n.h"

#include <QCoreApplication>
#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QVariantList lines(const std::vector<base::Error>& list) {
    QVariantList maps;
    for (const auto& line : list) {
        maps << QVariant(dbus::toMap(line));
    }
    return maps;
}

// A line of text, as Edit takes it; nothing when it is none.
std::optional<std::string> lineOf(const QVariantMap& options, const QString& key) {
    const auto value = options.value(key).toString().trimmed().toStdString();
    const bool bad =
        value.size() > 1024 || std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < 32; });
    return bad ? std::nullopt : std::optional(value);
}

// While it lives, the program speaks another language.
class Speaking {
public:
    explicit Speaking(const QString& language)
        : m_changed(!language.isEmpty()) {
        if (m_changed) {
            i18n::installTranslator(*QCoreApplication::instance(), QLocale(language));
        }
    }
    ~Speaking() {
        if (m_changed) {
            i18n::installTranslator(*QCoreApplication::instance(), QLocale::system());
        }
    }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;

private:
    bool m_changed;
};

} // namespace

base::Result<Migrations::Wish> migrationWish(const QVariantMap& options) {
    Migrations::Wish wish;
    const auto bad = [](const char* key) { return base::fail("tern.engine.bad-change", {key}); };
    const auto target = migrate::targetFromName(options.value(u"to"_s).toString().toStdString());
    if (!target) {
        return bad("to");
    }
    wish.target = *target;
    auto& answers = wish.answers;
    if (options.contains(u"server"_s)) {
        auto server = lineOf(options, u"server"_s);
        if (!server || server->find(' ') != std::string::npos) {
            return bad("server");
        }
        answers.server = std::move(*server);
    }
    if (options.contains(u"username"_s)) {
        answers.username = lineOf(options, u"username"_s);
        if (!answers.username) {
            return bad("username");
        }
    }
    if (options.contains(u"certificate"_s)) {
        const auto source = lineOf(options, u"certificate"_s);
        if (!source) {
            return bad("certificate");
        }
        answers.certificate = *source;
    }
    if (options.contains(u"ca"_s)) {
        profile::Profile trusting;
        if (const auto read = applyTrust(trusting, u"ca"_s, options.value(u"ca"_s)); !read || !*read) {
            return read ? base::fail(read->error()) : bad("ca");
        }
        answers.caPem = trusting.trust.caPem;
    }
    answers.sharedKey = options.value(u"shared-key"_s).toBool();
    answers.allowWeak = options.value(u"allow-weak"_s).toBool();
    return wish;
}

QVariantMap planMap(const Migrations::Planned& planned) {
    const auto& plan = planned.plan;
    QVariantList questions;
    for (const auto& question : plan.questions) {
        auto map = dbus::toMap(question.words);
        map.insert(u"answer"_s, text(migrate::answerName(question.answer)));
        map.insert(u"required"_s, question.required);
        map.insert(u"proposed"_s, text(question.proposed));
        questions << QVariant(map);
    }
    return {{u"id"_s, text(planned.old.id)},
            {u"name"_s, text(planned.old.name)},
            {u"server"_s, text(planned.server)},
            {u"verdict"_s, text(migrate::verdictName(plan.verdict))},
            {u"from"_s, text(profile::protocolName(planned.old.protocol))},
            {u"protocol"_s, plan.settings ? text(profile::protocolName(plan.protocol)) : QString()},
            {u"checked"_s, plan.checked},
            {u"reason"_s, dbus::toMap(plan.reason)},
            {u"kept"_s, lines(plan.kept)},
            {u"dropped"_s, lines(plan.dropped)},
            {u"questions"_s, questions},
            {u"grade-before"_s, text(plan.gradeBefore)},
            {u"grade-after"_s, text(plan.gradeAfter)}};
}

QVariantMap archivedMap(const profile::Profile& profile) {
    return {{u"id"_s, text(profile.id)},
            {u"name"_s, text(profile.name)},
            {u"protocol"_s, text(profile::protocolName(profile.protocol))},
            {u"server"_s, text(profile.server())},
            {u"replaced-by"_s, text(Library::successorId(profile.id))}};
}

QVariantMap letterMap(const QString& language, const QString& contact,
                      const std::function<base::Result<migrate::Document>()>& compose, base::Result<void>& result) {
    const Speaking speaking(language);
    const auto letter = compose();
    if (!letter) {
        result = base::fail(letter.error());
        return {};
    }
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    return {{u"title"_s, letter->title},
            {u"text"_s, letter->text()},
            {u"markdown"_s, letter->markdown()},
            {u"html"_s, letter->html(locale.bcp47Name())},
            {u"mailto"_s, migrate::mailTo(contact, *letter)},
            {u"to"_s, contact}};
}

} // namespace tern::engine

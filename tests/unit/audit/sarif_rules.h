// What SARIF 2.1.0 asks of a log, for the part of it that Tern writes: which properties an object may and must have,
// and what their values may be. Written by hand after the standard.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

namespace tern::test {

class SarifRules {
public:
    // What is wrong with it, each with the place; empty: nothing.
    static QStringList broken(const QJsonObject& log) {
        SarifRules rules;
        rules.object(log, QStringLiteral("log"), {"version", "runs"}, {"$schema"});
        rules.expect(log.value(QLatin1String("version")) == QLatin1String("2.1.0"), QStringLiteral("version"));
        rules.each(log, "runs", [&](const QJsonObject& run) { rules.run(run); });
        return rules.m_broken;
    }

private:
    using Names = std::initializer_list<const char*>;

    void expect(bool right, const QString& what) {
        if (!right) {
            m_broken << what;
        }
    }
    void object(const QJsonObject& object, const QString& where, Names needed, Names allowed) {
        QStringList known;
        for (const char* name : needed) {
            known << QLatin1String(name);
            expect(object.contains(known.last()), where + QStringLiteral(" lacks ") + known.last());
        }
        for (const char* name : allowed) {
            known << QLatin1String(name);
        }
        for (const auto& name : object.keys()) {
            expect(known.contains(name), where + QStringLiteral(" cannot have ") + name);
        }
    }
    template<typename Check>
    void each(const QJsonObject& object, const char* name, Check check) {
        const auto value = object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isArray(), QLatin1String(name) + QStringLiteral(" is no array"));
        for (const auto& entry : value.toArray()) {
            expect(entry.isObject(), QLatin1String(name) + QStringLiteral(" holds no object"));
            check(entry.toObject());
        }
    }
    static QString textOf(const QJsonObject& object, const char* name) {
        return object.value(QLatin1String(name)).toString();
    }

    // §3.11: not empty, no place to be filled in without arguments, no embedded link.
    void message(const QJsonObject& message) {
        object(message, QStringLiteral("message"), {"text"}, {});
        auto text = textOf(message, "text");
        expect(!text.isEmpty() && !text.contains(QLatin1String("](")), QStringLiteral("message: ") + text);
        text.remove(QLatin1String("{{")).remove(QLatin1String("}}"));
        expect(!text.contains(u'{') && !text.contains(u'}'), QStringLiteral("braces: ") + text);
    }
    void level(const QJsonObject& object) {
        const QStringList levels{QStringLiteral("none"), QStringLiteral("note"), QStringLiteral("warning"),
                                 QStringLiteral("error")};
        expect(levels.contains(textOf(object, "level")), QStringLiteral("level: ") + textOf(object, "level"));
    }
    // §3.4.3: a URI or a relative reference by RFC 3986; of the latter the first segment has no colon (§4.2 there).
    void place(const QJsonObject& location) {
        object(location, QStringLiteral("location"), {"physicalLocation"}, {"logicalLocations"});
        const auto place = location.value(QLatin1String("physicalLocation")).toObject();
        object(place, QStringLiteral("physicalLocation"), {"artifactLocation"}, {"region"});
        const auto artifact = place.value(QLatin1String("artifactLocation")).toObject();
        object(artifact, QStringLiteral("artifactLocation"), {"uri"}, {});
        static const QRegularExpression uri(QStringLiteral("^(file:///|(?!/))([A-Za-z0-9._~/-]|%[0-9A-F][0-9A-F])*$"));
        expect(uri.match(textOf(artifact, "uri")).hasMatch(), QStringLiteral("uri: ") + textOf(artifact, "uri"));
        if (place.contains(QLatin1String("region"))) {
            const auto region = place.value(QLatin1String("region")).toObject();
            object(region, QStringLiteral("region"), {"startLine"}, {});
            expect(region.value(QLatin1String("startLine")).toInt() >= 1, QStringLiteral("startLine"));
        }
        each(location, "logicalLocations", [&](const QJsonObject& logical) {
            object(logical, QStringLiteral("logicalLocation"), {"name"}, {"kind"});
        });
    }
    void rule(const QJsonObject& rule) {
        object(
            rule, QStringLiteral("rule"), {"id"},
            {"name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties"});
        for (const char* name : {"shortDescription", "fullDescription", "help"}) {
            message(rule.value(QLatin1String(name)).toObject());
        }
        level(rule.value(QLatin1String("defaultConfiguration")).toObject());
        expect(!m_rules.contains(textOf(rule, "id")), QStringLiteral("two rules ") + textOf(rule, "id"));
        m_rules << textOf(rule, "id");
    }
    void notification(const QJsonObject& notification) {
        object(notification, QStringLiteral("notification"), {"message"}, {"descriptor", "level", "locations"});
        message(notification.value(QLatin1String("message")).toObject());
        level(notification);
        if (notification.contains(QLatin1String("descriptor"))) {
            object(notification.value(QLatin1String("descriptor")).toObject(), QStringLiteral("descriptor"), {"id"},
                   {});
        }
        each(notification, "locations", [&](const QJsonObject& location) { place(location); });
    }
    void result(const QJsonObject& result) {
        object(result, QStringLiteral("result"), {"message", "ruleId", "ruleIndex"},
               {"level", "locations", "partialFingerprints", "properties"});
        message(result.value(QLatin1String("message")).toObject());
        level(result);
        const auto index = result.value(QLatin1String("ruleIndex")).toInt(-1);
        expect(m_rules.value(index) == textOf(result, "ruleId"), QStringLiteral("ruleIndex ") + QString::number(index));
        each(result, "locations", [&](const QJsonObject& location) { place(location); });
        for (const auto& mark : result.value(QLatin1String("partialFingerprints")).toObject()) {
            expect(mark.isString(), QStringLiteral("fingerprint"));
        }
    }
    void run(const QJsonObject& run) {
        m_rules.clear();
        object(run, QStringLiteral("run"), {"tool"}, {"columnKind", "invocations", "results"});
        const auto tool = run.value(QLatin1String("tool")).toObject();
        object(tool, QStringLiteral("tool"), {"driver"}, {});
        const auto driver = tool.value(QLatin1String("driver")).toObject();
        object(driver, QStringLiteral("driver"), {"name"}, {"version", "semanticVersion", "rules"});
        each(driver, "rules", [&](const QJsonObject& each) { rule(each); });
        each(run, "invocations", [&](const QJsonObject& invocation) {
            object(invocation, QStringLiteral("invocation"), {"executionSuccessful"},
                   {"endTimeUtc", "toolExecutionNotifications"});
            expect(invocation.value(QLatin1String("executionSuccessful")).isBool(), QStringLiteral("successful"));
            static const QRegularExpression time(
                QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"));
            expect(time.match(textOf(invocation, "endTimeUtc")).hasMatch(), QStringLiteral("endTimeUtc"));
            each(invocation, "toolExecutionNotifications", [&](const QJsonObject& each) { notification(each); });
        });
        each(run, "results", [&](const QJsonObject& each) { result(each); });
    }

    QStringList m_rules;
    QStringList m_broken;
};

} // namespace tern::test

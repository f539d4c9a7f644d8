#include "app/ctl/audit_command.h"

#include "app/ctl/audit_text.h"
#include "app/ctl/certificate_command.h"
#include "app/ctl/console.h"
#include "app/ctl/output.h"
#include "app/ctl/present.h"
#include "app/ctl/server_survey.h"
#include "app/dbus/types.h"
#include "core/audit/auditor.h"
#include "core/audit/render.h"
#include "core/audit/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Audit)
};

// As many gaps are told on standard error beside a report for machines; the report has them all.
constexpr std::size_t toldGaps = 20;

std::vector<std::string> pathsOf(const Options& options) {
    std::vector<std::string> paths;
    for (const auto& path : options.operands) {
        paths.push_back(QFile::encodeName(path).toStdString());
    }
    return paths;
}

void render(const audit::Report& report, const Options& options, base::UnixSeconds now, Output& output) {
    const audit::Write write = [&output](std::string_view text) { output.write(text); };
    audit::RenderContext context;
    context.version = TERN_VERSION;
    context.time = now;
    context.paths = pathsOf(options);
    if (options.format == "json"_L1) {
        audit::writeJsonLines(report, context, write);
    } else if (options.format == "csv"_L1) {
        audit::writeCsv(report, write);
    } else if (options.format == "sarif"_L1) {
        audit::writeSarif(report, context, write);
    } else if (options.format == "html"_L1) {
        audit::writeHtml(report, context, write);
    } else {
        writeAuditText(report, [&output](const QString& text) { output.write(text.toStdString()); });
    }
}

// What Probe is to be told. Also asks ternd whether it is there, before a disk is read for hours.
Answer<QVariantMap> wishesFor(EngineClient& engine, const QString& authority) {
    auto wishes = withAuthorityFile(authority.isEmpty() ? QVariantMap() : QVariantMap{{u"ca"_s, authority}});
    const auto there = engine.status();
    return wishes && !there ? tl::make_unexpected(there.error()) : wishes;
}

// Nothing when all servers were asked.
std::optional<ExitCode> askServers(EngineClient& engine, const Options& options, const QVariantMap& wishes,
                                   audit::Report& report) {
    switch (ServerSurvey(engine, options.perMinute, wishes).run(report)) {
    case ServerSurvey::End::Interrupted:
        err(Tr::tr("Interrupted. The report has what was known by then.") + u'\n');
        return ExitCode::Interrupted;
    case ServerSurvey::End::Unavailable:
        return ExitCode::Unavailable;
    case ServerSurvey::End::Done:
        break;
    }
    return std::nullopt;
}

ExitCode exitFor(const audit::Report& report, const QString& failOn) {
    if (report.missing != 0) {
        return ExitCode::NotFound;
    }
    const auto grade = legacy::gradeFromName(failOn.toStdString());
    if (grade && report.atOrAbove(*grade) != 0) {
        return ExitCode::Found;
    }
    return audit::isComplete(report) ? ExitCode::Ok : ExitCode::BadFile;
}

} // namespace

ExitCode auditPaths(const Options& options) {
    Output output(options.output);
    // Before the work, so that nobody waits for a report that cannot be written.
    if (!output.possible()) {
        return output.failed();
    }
    const base::UnixSeconds now(QDateTime::currentSecsSinceEpoch());
    std::optional<EngineClient> engine;
    Answer<QVariantMap> wishes;
    if (options.probe) {
        wishes = wishesFor(engine.emplace(), options.authority);
        if (!wishes) {
            err(errorText(wishes.error()));
            return exitCodeFor(wishes.error().value(u"code"_s).toString());
        }
    }
    auto report = audit::run(pathsOf(options), now);
    if (options.format != "text"_L1 || !options.output.isEmpty()) {
        std::size_t told = 0;
        for (const auto& remark : report.remarks) {
            if (remark.kind == audit::Remark::Kind::Unread && ++told <= toldGaps) {
                err(errorText(dbus::toMap(remark.error)));
            }
        }
    }
    const auto cutShort = engine ? askServers(*engine, options, *wishes, report) : std::nullopt;
    render(report, options, now, output);
    if (!output.close()) {
        return output.failed();
    }
    return cutShort.value_or(exitFor(report, options.failOn));
}

} // namespace tern::ctl

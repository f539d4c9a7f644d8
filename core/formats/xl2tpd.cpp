// xl2tpd.conf(5): a section [lac NAME] for each L2TP server that is called, [lns NAME] for what others call here.
#include "core/formats/key_sections.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"

namespace tern::formats {

namespace {

void readCaller(Node& section, std::string_view name, Collector& collector) {
    Draft draft(name, section.line);
    draft.profile.protocol = profile::Protocol::L2tp;
    draft.profile.authentication.method = profile::Method::Mschapv2;
    for (auto* const lns : section.all("lns")) {
        lns->used = true;
        addServers(draft.profile, lns->value);
    }
    draft.setUser(section.text("name"));
    draft.profile.port = 0; // L2TP's, which means nothing to another kind of VPN
    section.ignore({"pppoptfile", "ppp debug", "length bit", "redial", "redial timeout", "max redials", "autodial",
                    "require chap", "refuse chap", "require pap", "refuse pap", "require authentication", "bps",
                    "tunnel rws", "hidden bit", "flow bit", "tx bps", "rx bps"});
    draft.note("tern.formats.note.ipsec-elsewhere");
    collector.add(std::move(draft), section);
}

} // namespace

base::Result<ImportResult> readXl2tpd(const DecodedText& decoded, std::string_view file) {
    unsigned stray = 0;
    auto root = readKeySections(decoded.text, KeyFileKind::Windows, stray);
    Collector collector("xl2tpd", decoded.encoding, file);
    for (auto& section : root.children) {
        const std::string_view name = section.name;
        if (collector.full()) {
            break;
        }
        if (lowered(name.substr(0, 4)) == "lac ") {
            readCaller(section, trimmed(name.substr(4)), collector);
        } else if (lowered(name.substr(0, 4)) == "lns ") {
            collector.skip(std::string(trimmed(name.substr(4))), {"tern.formats.entry.l2tp-server", {}, {}},
                           section.line);
        }
    }
    collector.noteText(decoded);
    return collector.finish("xl2tpd");
}

} // namespace tern::formats

// A peer of pppd's, /etc/ppp/peers/NAME: the options of one connection (pppd(8), "pty", "plugin"), by PPTP through
// pptp-linux or accel-ppp's plug-in, or by SSTP through sstp-client.
#include "core/formats/readers.h"
#include "core/formats/server_names.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;
using profile::Protocol;

// The words of a line or of a command; quotes keep blanks in a word, a backslash keeps the next character.
std::vector<std::string> wordsOf(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool any = false;
    char quote = 0;
    const auto end = [&] {
        if (any) {
            words.push_back(std::move(word));
        }
        word.clear();
        any = false;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\\' && i + 1 < line.size()) {
            word += line[++i];
            any = true;
        } else if (quote != 0 || c == '"' || c == '\'') {
            const bool marks = quote == 0 || c == quote;
            quote = marks ? (quote == 0 ? c : '\0') : quote;
            word.append(marks ? 0 : 1, c);
            any = true;
        } else if (c == '#' && !any) {
            break;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            end();
        } else {
            word += c;
            any = true;
        }
    }
    end();
    return words;
}

// Options that a value follows. Of the others one or none stands on a line as a rule; there may be several.
constexpr std::array valued{
    "pty",     "plugin",     "name",    "user",    "remotename", "password",   "pptp_server",       "connect",
    "ipparam", "file",       "call",    "mppe",    "linkname",   "disconnect", "lcp-echo-interval", "lcp-echo-failure",
    "mtu",     "mru",        "maxfail", "holdoff", "idle",       "unit",       "logfile",           "ifname",
    "set",     "pptp_phone", "domain",  "ms-dns",  "ms-wins"};

Node optionsOf(std::string_view text) {
    Node root;
    root.kind = Node::Kind::Group;
    unsigned number = 0;
    while (!text.empty() && root.children.size() < maximumNodes) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto words = wordsOf(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        for (std::size_t i = 0; i < words.size(); ++i) {
            auto& option = root.children.emplace_back();
            option.name = words[i];
            option.line = number;
            if (std::ranges::find(valued, words[i]) != valued.end() && i + 1 < words.size()) {
                option.value = words[++i];
            }
        }
    }
    return root;
}

// "pptp" also as "/usr/sbin/pptp".
bool isProgram(std::string_view word, std::string_view program) {
    const auto slash = word.rfind('/');
    return (slash == std::string_view::npos ? word : word.substr(slash + 1)) == program;
}

// What pptp(8) is told: the server is the only word that is neither an option nor the value of one.
std::string serverOfPptp(const std::vector<std::string>& words) {
    constexpr std::array withValue{"--phone",         "--quirks",    "--timeout",   "--idle-wait",
                                   "--max-echo-wait", "--logstring", "--localbind", "--rtmark",
                                   "--loglevel",      "--test-type", "--test-rate", "--missing-window"};
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (std::ranges::find(withValue, words[i]) != withValue.end()) {
            ++i;
        } else if (!words[i].starts_with('-')) {
            return words[i];
        }
    }
    return {};
}

// What sstpc(8) is told: the server is the last word.
void readSstpClient(Draft& draft, const std::vector<std::string>& words) {
    auto& profile = draft.profile;
    profile.protocol = Protocol::Sstp;
    if (words.size() > 1 && !words.back().starts_with('-')) {
        addServers(profile, words.back());
    }
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--cert-warn") {
            profile.trust.certificateCheckDisabled = true;
            profile.trust.nameCheckDisabled = true;
        } else if (words[i] == "--ca-cert" && i + 1 < words.size()) {
            draft.addAuthorityFile(words[i + 1], "ca-cert");
        } else if (words[i] == "--user" && i + 1 < words.size()) {
            draft.setUser(words[i + 1]);
        } else if (words[i] == "--password" && i + 1 < words.size()) {
            draft.addSecret(ImportedSecret::Kind::Password, base::SecureBytes(base::toBytes(words[i + 1])));
        }
    }
}

void readEncryption(Draft& draft, Node& root) {
    auto& encryption = draft.profile.encryption;
    const auto has = [&](std::string_view name) { return root.find(name) != nullptr; };
    const auto mppe = root.text("mppe"); // "required,stateless"
    if (has("require-mppe-128") || has("+mppe-128")) {
        encryption = Encryption::Maximum;
    } else if (has("require-mppe") || has("+mppe") || has("require-mppe-40") || mppe.starts_with("required")) {
        encryption = Encryption::Required;
    } else {
        encryption = has("nomppe") ? Encryption::None : Encryption::Optional;
    }
}

// "CORP\\anna": as the file and the shell before it have doubled the backslash.
std::string loginOf(std::string text) {
    for (auto at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\", at)) {
        text.erase(at, 1);
    }
    return text;
}

void readPpp(Draft& draft, Node& root) {
    auto& profile = draft.profile;
    const auto user = root.text("user");
    const auto name = root.text("name");
    if (const auto login = loginOf(user.empty() ? name : user); !login.empty()) {
        draft.setUser(login);
    }
    if (const auto domain = root.text("domain"); !domain.empty() && profile.authentication.domain.empty()) {
        profile.authentication.domain = domain;
    }
    draft.takeSecret(ImportedSecret::Kind::Password, root, "password");
    profile.authentication.method = Method::Mschapv2;
    profile.authentication.allowed = {Method::Mschapv2};
    if (root.find("nodefaultroute") != nullptr) {
        draft.setSplit();
    }
    root.ignore({"plugin", "remotename", "ipparam", "file", "call", "linkname", "lcp-echo-interval", "lcp-echo-failure",
                 "mtu", "mru", "maxfail", "holdoff", "idle", "unit", "logfile", "ifname", "set"});
}

} // namespace

base::Result<ImportResult> readPppPeer(const DecodedText& decoded, std::string_view file) {
    auto root = optionsOf(decoded.text);
    Collector collector("ppp-peer", decoded.encoding, file);
    const auto line = [](const Node* node) { return node == nullptr ? 1U : node->line; };
    auto* const pty = root.find("pty");
    // A password in the command is shown nowhere.
    const auto command = pty == nullptr ? std::vector<std::string>() : wordsOf(pty->value);
    if (pty != nullptr) {
        pty->used = true;
        pty->value = command.empty() ? std::string() : command.front();
    }
    Draft draft(file, line(pty != nullptr ? pty : root.find("pptp_server")));
    if (!command.empty() && isProgram(command.front(), "sstpc")) {
        readSstpClient(draft, command);
    } else {
        draft.profile.protocol = Protocol::Pptp;
        const bool program = !command.empty() && isProgram(command.front(), "pptp");
        addServers(draft.profile, program ? serverOfPptp(command) : root.text("pptp_server"));
        readEncryption(draft, root);
    }
    readPpp(draft, root);
    if (pty != nullptr && !draft.profile.servers.empty()) {
        pty->value += ' ' + draft.profile.server();
    }
    collector.add(std::move(draft), root);
    collector.noteText(decoded);
    return collector.finish("pppd");
}

} // namespace tern::formats

#include "core/formats/draft.h"

#include "core/crypto/certificate.h"
#include "core/formats/base64.h"
#include "core/formats/server_names.h"

#include <algorithm>

namespace tern::formats {

namespace {

constexpr std::size_t mostRoutes = 4096;
constexpr std::size_t shortestSharedKey = 20; // characters, as core/legacy judges
constexpr std::size_t mostServers = 64;
constexpr std::size_t mostAuthorities = 256U * 1024U;

bool isWholePath(std::string_view path) {
    return path.starts_with('/') &&
           std::ranges::none_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// NetworkManager writes some paths as URIs.
std::string withoutScheme(const std::string& path) {
    constexpr std::string_view scheme = "file://";
    return path.starts_with(scheme) ? path.substr(scheme.size()) : path;
}

} // namespace

Draft::Draft(std::string_view givenName, unsigned givenLine)
    : name(cleanName(givenName))
    , line(givenLine == 0 ? 1 : givenLine) {}

void Draft::note(std::string_view code, std::initializer_list<std::string> args, unsigned at) {
    Notes(name, line, problems).add(code, args, at);
}

void Draft::noteBadAddress(std::string_view text, std::string_view setting) {
    note("tern.formats.note.bad-address", {std::string(setting), briefly(text)});
}

void Draft::addRoute(std::string_view text, std::string_view setting, std::uint32_t metric) {
    const auto prefix = base::IpPrefix::fromText(text);
    if (!prefix || profile.routing.routes.size() >= mostRoutes) {
        noteBadAddress(text, setting);
        return;
    }
    profile.routing.routes.push_back({prefix->masked(), metric});
}

void Draft::addExcluded(std::string_view text, std::string_view setting) {
    const auto prefix = base::IpPrefix::fromText(text);
    if (!prefix || profile.routing.excluded.size() >= mostRoutes) {
        noteBadAddress(text, setting);
        return;
    }
    profile.routing.excluded.push_back(prefix->masked());
}

void Draft::addDns(std::string_view text, std::string_view setting) {
    const auto address = base::IpAddress::fromText(text);
    auto& servers = profile.dns.servers;
    if (!address || servers.size() >= mostServers) {
        noteBadAddress(text, setting);
    } else if (!address->isUnspecified() && std::ranges::find(servers, *address) == servers.end()) {
        servers.push_back(*address);
    }
}

void Draft::addAuthority(std::string_view octets, std::string_view setting) {
    base::Bytes bytes = base::toBytes(octets);
    if (!octets.starts_with("-----") && !octets.starts_with('\x30')) {
        bytes = fromBase64(octets).value_or(base::Bytes());
    }
    const auto certificates = crypto::certificatesIn(bytes);
    if (!certificates) {
        note("tern.formats.note.bad-certificate", {std::string(setting)});
        return;
    }
    for (const auto& der : *certificates) {
        if (profile.trust.caPem.size() > mostAuthorities) {
            note("tern.formats.note.bad-certificate", {std::string(setting)});
            return;
        }
        profile.trust.caPem += crypto::pemOf(der);
    }
}

void Draft::addAuthorityFile(const std::string& path, std::string_view setting) {
    const auto whole = withoutScheme(path);
    if (isWholePath(whole)) {
        authorityFiles.push_back(whole);
    } else if (!whole.empty()) {
        note("tern.formats.note.file-elsewhere", {std::string(setting), briefly(whole)});
    }
}

void Draft::setOwnFile(std::string& target, const std::string& path, std::string_view setting) {
    const auto whole = withoutScheme(path);
    if (isWholePath(whole) || whole.starts_with("pkcs11:")) {
        target = whole;
    } else if (!whole.empty()) {
        note("tern.formats.note.file-elsewhere", {std::string(setting), briefly(whole)});
    }
}

void Draft::setServerIdentity(std::string_view identity) {
    for (const std::string_view kind : {"fqdn:", "dns:", "@"}) {
        if (sameName(identity.substr(0, kind.size()), kind)) {
            identity.remove_prefix(kind.size());
            break;
        }
    }
    if (identity.starts_with('%')) { // strongSwan's "%any", or a name that the server need not send as its own
        identity.remove_prefix(identity == "%any" || identity == "%any6" ? identity.size() : 1);
    }
    if (identity.empty() || identity == profile.server()) {
        return;
    }
    const bool host = isHost(identity) && identity.find_first_of("=@,/\\:") == std::string_view::npos;
    if (host) {
        profile.trust.serverName = identity;
    }
    profile.trust.remoteIdentity = identity;
}

void Draft::setSplit() {
    profile.routing.fullTunnelIpv4 = false;
    profile.routing.fullTunnelIpv6 = false;
}

void Draft::setUnsupported(std::string_view plugin) {
    profile.protocol = profile::Protocol::Unsupported;
    profile.originTries.clear();
    profile.plugin = cleanName(plugin);
}

void Draft::takeSecret(ImportedSecret::Kind kind, Node& node, std::string_view path) {
    if (auto value = node.takeSecret(path)) {
        addSecret(kind, std::move(*value));
    }
}

void Draft::addSecret(ImportedSecret::Kind kind, base::SecureBytes value) {
    const bool shared = kind == ImportedSecret::Kind::PreSharedKey || kind == ImportedSecret::Kind::L2tpPreSharedKey;
    if (shared) {
        profile.authentication.sharedKeyShort = value.size() < shortestSharedKey;
    }
    const auto known = std::ranges::find(secrets, kind, &ImportedSecret::kind);
    if (known == secrets.end()) {
        secrets.push_back({{}, kind, std::move(value)});
    } else {
        known->value = std::move(value);
    }
}

void Draft::setUser(std::string_view login) {
    const auto slash = login.find('\\');
    auto& authentication = profile.authentication;
    if (slash != std::string_view::npos && slash > 0 && slash + 1 < login.size()) {
        authentication.domain = login.substr(0, slash);
        login.remove_prefix(slash + 1);
    }
    authentication.username = login;
}

} // namespace tern::formats

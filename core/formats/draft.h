// One connection while it is read from another program's file.
#pragma once

#include "core/formats/import.h"
#include "core/formats/node.h"
#include "core/formats/notes.h"

#include <memory>

namespace tern::formats {

struct Draft {
    // An empty name becomes the server's.
    Draft(std::string_view givenName, unsigned givenLine);

    std::string name;
    unsigned line;
    profile::Profile profile;
    std::vector<ImportProblem> problems;
    std::vector<ImportedSecret> secrets;
    std::vector<ImportedKeyFile> keyFiles;
    std::vector<std::string> authorityFiles;
    std::vector<std::string> unused; // beside what the tree has

    void note(std::string_view code, std::initializer_list<std::string> args = {}, unsigned at = 0);

    // Each takes a value as written; what makes no sense is noted under the setting's name and left out.
    void addRoute(std::string_view text, std::string_view setting, std::uint32_t metric = 0);
    void addExcluded(std::string_view text, std::string_view setting);
    void addDns(std::string_view text, std::string_view setting);
    // DER, or base64 of it, or PEM.
    void addAuthority(std::string_view octets, std::string_view setting);
    // A file with certificates of authorities, on this computer by its whole path.
    void addAuthorityFile(const std::string& path, std::string_view setting);
    // A file with our certificate or key, likewise: into `target`.
    void setOwnFile(std::string& target, const std::string& path, std::string_view setting);
    // What the server calls itself: "vpn.example.com", "@vpn.example.com", "fqdn:…", a name of a certificate, an
    // address.
    // "%any" and nothing are no identity.
    void setServerIdentity(std::string_view identity);
    // Only what is in routes goes through the tunnel.
    void setSplit();
    void setUnsupported(std::string_view plugin);
    void takeSecret(ImportedSecret::Kind kind, Node& node, std::string_view path);
    void addSecret(ImportedSecret::Kind kind, base::SecureBytes value);
    // DOMAIN\user is taken apart.
    void setUser(std::string_view login);

private:
    void noteBadAddress(std::string_view text, std::string_view setting);
};

} // namespace tern::formats

#include "core/formats/signed_file.h"

#include "core/crypto/certificate.h"
#include "core/crypto/cms.h"
#include "core/formats/base64.h"
#include "core/formats/server_names.h"

namespace tern::formats {

namespace {

// Of "-----BEGIN PKCS7-----" or CMS; empty for anything else.
base::Bytes fromPem(base::ByteView bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (const std::string_view kind : {"PKCS7", "CMS"}) {
        const std::string begin = "-----BEGIN " + std::string(kind) + "-----";
        const auto start = text.find(begin);
        if (start == std::string_view::npos || start > 4096) {
            continue;
        }
        const auto body = text.substr(start + begin.size());
        return fromBase64(body.substr(0, body.find("-----END"))).value_or(base::Bytes());
    }
    return {};
}

std::string signerName(const std::vector<base::Bytes>& chain) {
    if (chain.empty()) {
        return "?";
    }
    const auto certificate = crypto::Certificate::fromDer(chain.front());
    if (!certificate) {
        return "?";
    }
    const auto& name = certificate->commonName.empty() ? certificate->subject : certificate->commonName;
    return cleanName(name);
}

bool isBelieved(const std::vector<base::Bytes>& chain, const ImportTrust& trust) {
    crypto::TrustStore::Expectation expectation;
    expectation.time = trust.time;
    expectation.serverAuth = false; // people sign with certificates of many kinds
    expectation.anyName = true;
    return trust.authorities != nullptr && !chain.empty() && trust.authorities->verifyServer(chain, expectation);
}

} // namespace

std::optional<base::Result<SignedFile>> openSignedFile(base::ByteView bytes, std::string_view file,
                                                       const ImportTrust& trust) {
    const auto inside = fromPem(bytes);
    const base::ByteView der = inside.empty() ? bytes : base::ByteView(inside);
    if (!crypto::looksSigned(der)) {
        return std::nullopt;
    }
    auto opened = crypto::openSigned(der);
    if (!opened) {
        if (opened.error().code == "tern.crypto.cms.forged") {
            return base::fail("tern.formats.forged", {std::string(file)}, opened.error().detail);
        }
        return base::fail("tern.formats.broken", {std::string(file), "1", "CMS"}, opened.error().detail);
    }
    SignedFile result{std::move(opened->content), {}};
    const auto code =
        isBelieved(opened->chain, trust) ? "tern.formats.note.signed" : "tern.formats.note.signer-unknown";
    result.notes.push_back(
        {{code, {std::string(file), signerName(opened->chain)}, {}}, ImportProblem::Severity::Note, 1, {}});
    return result;
}

} // namespace tern::formats

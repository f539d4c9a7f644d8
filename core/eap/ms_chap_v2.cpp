#include "core/eap/ms_chap_v2.h"

#include "core/crypto/md4_des.h"
#include "core/crypto/prf.h"
#include "core/eap/text.h"

#include <algorithm>
#include <charconv>

namespace tern::eap {

namespace {

using base::ByteView;
using crypto::Hash;

ByteView view(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// RFC 2759 §8.2.
base::Bytes challengeHash(const MsChapV2Challenge& authenticator, const MsChapV2Challenge& peer,
                          std::string_view username) {
    base::Bytes hash = crypto::digest(Hash::Sha1, {peer, authenticator, view(withoutDomain(username))});
    hash.resize(8);
    return hash;
}

// RFC 2759 §8.5: the hash, padded to 21 octets, as three DES keys.
base::Result<std::array<std::uint8_t, 24>> challengeResponse(ByteView challenge, ByteView passwordHash) {
    base::SecureBytes keys(21);
    std::copy(passwordHash.begin(), passwordHash.end(), keys.data());
    std::array<std::uint8_t, 24> out{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto block = crypto::desEncrypt(keys.view().subspan(7 * i, 7), challenge);
        if (!block) {
            return base::fail(block.error());
        }
        std::copy(block->begin(), block->end(), out.begin() + static_cast<std::ptrdiff_t>(8 * i));
    }
    return out;
}

// RFC 2759 §8.7.
base::SecureBytes authenticatorResponse(ByteView passwordHashHash, ByteView ntResponse, ByteView challenge) {
    const auto first = crypto::secretDigest(
        Hash::Sha1, {passwordHashHash, ntResponse, view("Magic server to client signing constant")});
    return crypto::secretDigest(Hash::Sha1,
                                {first.view(), challenge, view("Pad to make it do more than one iteration")});
}

// RFC 3079 §3.4 GetAsymmetricStartKey, for 128 bits.
base::SecureBytes startKey(ByteView masterKey, std::string_view direction) {
    static constexpr std::array<std::uint8_t, 40> zeros{};
    std::array<std::uint8_t, 40> pad{};
    pad.fill(0xF2);
    const auto hash = crypto::secretDigest(Hash::Sha1, {masterKey, zeros, view(direction), pad});
    return base::SecureBytes(hash.view().first(16));
}

std::optional<MsChapV2Challenge> hexChallenge(std::string_view hex) {
    const base::Bytes octets = base::fromHex(hex);
    MsChapV2Challenge challenge{};
    if (octets.size() != challenge.size()) {
        return {};
    }
    std::copy(octets.begin(), octets.end(), challenge.begin());
    return challenge;
}

std::optional<unsigned> number(std::string_view digits) {
    unsigned value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

} // namespace

std::string_view withoutDomain(std::string_view username) {
    const std::size_t backslash = username.find('\\');
    return backslash == std::string_view::npos ? username : username.substr(backslash + 1);
}

base::Result<MsChapV2Answer> answerMsChapV2(const MsChapV2Challenge& authenticator, const MsChapV2Challenge& peer,
                                            std::string_view username, ByteView password) {
    const auto unicode = crypto::utf16le(password);
    if (!unicode) {
        return base::fail(unicode.error());
    }
    const auto passwordHash = crypto::md4(unicode->view());
    const auto passwordHashHash = crypto::md4(passwordHash.view());
    const base::Bytes challenge = challengeHash(authenticator, peer, username);
    const auto response = challengeResponse(challenge, passwordHash.view());
    if (!response) {
        return base::fail(response.error());
    }
    MsChapV2Answer answer;
    answer.ntResponse = *response;
    answer.authenticatorResponse = authenticatorResponse(passwordHashHash.view(), answer.ntResponse, challenge);
    const auto master = crypto::secretDigest(
        Hash::Sha1, {passwordHashHash.view(), answer.ntResponse, view("This is the MPPE Master Key")});
    const ByteView masterKey = master.view().first(16);
    answer.sendKey = startKey(masterKey, "On the client side, this is the send key; "
                                         "on the server side, it is the receive key.");
    answer.receiveKey = startKey(masterKey, "On the client side, this is the receive key; "
                                            "on the server side, it is the send key.");
    return answer;
}

bool provesServer(ByteView message, ByteView authenticatorResponse) {
    constexpr std::size_t digits = 40;
    const std::string text = base::toText(message.first(std::min(message.size(), 2 + digits + 1)));
    if (!text.starts_with("S=") || text.size() < 2 + digits || (text.size() > 2 + digits && text.back() != ' ')) {
        return false;
    }
    return authenticatorResponse.size() == digits / 2 &&
           base::equalConstantTime(base::fromHex(std::string_view(text).substr(2, digits)), authenticatorResponse);
}

std::optional<MsChapV2Failure> parseMsChapV2Failure(ByteView message) {
    constexpr std::size_t most = 4096;
    const std::string whole = base::toText(message.first(std::min(message.size(), most)));
    std::string_view rest = whole;
    MsChapV2Failure failure;
    bool found = false;
    while (!rest.empty() && !rest.starts_with("M=")) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (word.starts_with("E=")) {
            const auto code = number(word.substr(2));
            found = code.has_value();
            failure.code = code.value_or(0);
        } else if (word.starts_with("R=")) {
            failure.retryAllowed = word == "R=1";
        } else if (word.starts_with("V=")) {
            failure.version = number(word.substr(2)).value_or(0);
        } else if (word.starts_with("C=")) {
            failure.challenge = hexChallenge(word.substr(2));
        }
    }
    if (rest.starts_with("M=")) {
        failure.text = displayText(view(rest.substr(2)));
    }
    return found ? std::optional(std::move(failure)) : std::nullopt;
}

base::Error msChapV2Error(const MsChapV2Failure& failure) {
    const std::string detail = "MS-CHAPv2 E=" + std::to_string(failure.code) + " " + failure.text;
    switch (failure.code) {
    case 646:
        return {"tern.eap.logon-hours", {}, detail};
    case 647:
        return {"tern.eap.account-disabled", {}, detail};
    case msChapV2PasswordExpired:
        return {"tern.eap.password-expired", {}, detail};
    case 649:
        return {"tern.eap.no-dial-in", {}, detail};
    case msChapV2WrongPassword:
        return {"tern.eap.password", {}, detail};
    case msChapV2ChangeFailed:
        return {"tern.eap.password-change", {}, detail};
    default:
        return {"tern.eap.error-number", {std::to_string(failure.code)}, detail};
    }
}

} // namespace tern::eap

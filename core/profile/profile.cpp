#include "core/profile/profile.h"

#include <QByteArray>
#include <QUuid>
#include <algorithm>
#include <array>
#include <utility>

namespace tern::profile {

namespace {

template<typename E, std::size_t N>
std::string_view nameOf(const std::array<std::pair<E, std::string_view>, N>& table, E value) {
    for (const auto& [each, name] : table) {
        if (each == value) {
            return name;
        }
    }
    return {};
}

template<typename E, std::size_t N>
std::optional<E> valueOf(const std::array<std::pair<E, std::string_view>, N>& table, std::string_view name) {
    for (const auto& [value, each] : table) {
        if (each == name) {
            return value;
        }
    }
    return std::nullopt;
}

constexpr std::array<std::pair<Protocol, std::string_view>, 6> protocols{{{Protocol::Ikev2, "ikev2"},
                                                                          {Protocol::Sstp, "sstp"},
                                                                          {Protocol::Automatic, "automatic"},
                                                                          {Protocol::Pptp, "pptp"},
                                                                          {Protocol::L2tp, "l2tp"},
                                                                          {Protocol::Unsupported, "unsupported"}}};

constexpr std::array<std::pair<Method, std::string_view>, 14> methods{
    {{Method::Unknown, "unknown"},
     {Method::EapMschapv2, "eap-mschapv2"},
     {Method::EapTls, "eap-tls"},
     {Method::Peap, "peap"},
     {Method::Ttls, "ttls"},
     {Method::EapGtc, "eap-gtc"},
     {Method::EapMd5, "eap-md5"},
     {Method::Psk, "psk"},
     {Method::MachineCertificate, "machine-certificate"},
     {Method::Mschapv2, "mschapv2"},
     {Method::Mschap, "mschap"},
     {Method::Chap, "chap"},
     {Method::Spap, "spap"},
     {Method::Pap, "pap"}}};

constexpr std::array<std::pair<Encryption, std::string_view>, 5> encryptions{{{Encryption::Unset, "unset"},
                                                                              {Encryption::None, "none"},
                                                                              {Encryption::Optional, "optional"},
                                                                              {Encryption::Required, "required"},
                                                                              {Encryption::Maximum, "maximum"}}};

constexpr std::array<std::pair<TcpUse, std::string_view>, 3> tcpUses{
    {{TcpUse::Automatic, "automatic"}, {TcpUse::Never, "never"}, {TcpUse::Always, "always"}}};
constexpr std::array<std::pair<Revocation, std::string_view>, 3> revocations{
    {{Revocation::Soft, "soft"}, {Revocation::Strict, "strict"}, {Revocation::Off, "off"}}};

} // namespace

std::string Authentication::login() const {
    return domain.empty() ? username : domain + '\\' + username;
}

bool Authentication::allows(Method other) const {
    return method == other || std::ranges::find(allowed, other) != allowed.end();
}

const std::string& Profile::server() const {
    static const std::string none;
    return servers.empty() ? none : servers.front();
}

std::string newId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

std::string_view protocolName(Protocol protocol) {
    return nameOf(protocols, protocol);
}

bool isRetired(Protocol protocol) {
    return protocol == Protocol::Pptp || protocol == Protocol::L2tp;
}

bool isEap(Method method) {
    switch (method) {
    case Method::EapMschapv2:
    case Method::EapTls:
    case Method::Peap:
    case Method::Ttls:
    case Method::EapGtc:
    case Method::EapMd5:
        return true;
    default:
        return false;
    }
}

std::string_view methodName(Method method) {
    return nameOf(methods, method);
}

std::string_view encryptionName(Encryption encryption) {
    return nameOf(encryptions, encryption);
}

std::string_view tcpUseName(TcpUse use) {
    return nameOf(tcpUses, use);
}

std::optional<TcpUse> tcpUseFromName(std::string_view name) {
    return valueOf(tcpUses, name);
}

std::optional<Protocol> protocolFromName(std::string_view name) {
    return valueOf(protocols, name);
}

std::optional<Method> methodFromName(std::string_view name) {
    return valueOf(methods, name);
}

std::string_view postQuantumName(PostQuantum postQuantum) {
    switch (postQuantum) {
    case PostQuantum::Required:
        return "required";
    case PostQuantum::Off:
        return "off";
    case PostQuantum::Automatic:
        break;
    }
    return "automatic";
}

std::optional<PostQuantum> postQuantumFromName(std::string_view name) {
    for (const auto each : {PostQuantum::Automatic, PostQuantum::Required, PostQuantum::Off}) {
        if (name == postQuantumName(each)) {
            return each;
        }
    }
    return std::nullopt;
}

std::optional<Encryption> encryptionFromName(std::string_view name) {
    return valueOf(encryptions, name);
}

std::string_view revocationName(Revocation revocation) {
    return nameOf(revocations, revocation);
}

std::optional<Revocation> revocationFromName(std::string_view name) {
    return valueOf(revocations, name);
}

std::optional<std::string> pinFromText(std::string_view text) {
    constexpr std::string_view hexMark = "sha256:";
    constexpr std::string_view base64Mark = "sha256/";
    constexpr qsizetype size = 32;
    const auto rest = QByteArray(text.data(), static_cast<qsizetype>(text.size())).mid(hexMark.size());
    QByteArray hash;
    if (text.starts_with(hexMark)) {
        const auto digits = QByteArray(rest).replace(':', "").toLower();
        hash = QByteArray::fromHex(digits);
        if (hash.toHex() != digits) {
            return std::nullopt;
        }
    } else if (text.starts_with(base64Mark)) {
        hash = QByteArray::fromBase64Encoding(rest, QByteArray::AbortOnBase64DecodingErrors).decoded;
    }
    return hash.size() == size ? std::optional(std::string(hexMark) + hash.toHex().toStdString()) : std::nullopt;
}

} // namespace tern::profile

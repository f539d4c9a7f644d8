#include "core/connection/eap_settings.h"

#include <algorithm>

namespace tern::connection {

namespace {

using eap::Inner;
using eap::MethodType;
using profile::Method;

std::optional<MethodType> methodOf(Method method) {
    switch (method) {
    case Method::EapTls:
        return MethodType::Tls;
    case Method::Peap:
        return MethodType::Peap;
    case Method::Ttls:
        return MethodType::Ttls;
    case Method::EapGtc:
        return MethodType::Gtc;
    case Method::EapMd5:
        return MethodType::Md5;
    // The old PPP methods of an automatic connection mean user name and password, which IKEv2 takes by EAP-MSCHAPv2.
    case Method::EapMschapv2:
    case Method::Mschapv2:
    case Method::Mschap:
    case Method::Chap:
    case Method::Spap:
    case Method::Pap:
        return MethodType::MsChapV2;
    case Method::Unknown:
    case Method::Psk:
    case Method::MachineCertificate:
        break;
    }
    return std::nullopt;
}

// IANA "EAP Method Types", of an origin that used one which is no Method.
std::optional<MethodType> methodOf(std::uint32_t eapType) {
    for (const auto known : {MethodType::Md5, MethodType::Gtc, MethodType::Tls, MethodType::Ttls, MethodType::Peap,
                             MethodType::MsChapV2}) {
        if (static_cast<std::uint32_t>(known) == eapType) {
            return known;
        }
    }
    return std::nullopt;
}

std::optional<Inner> innerOf(Method method) {
    switch (method) {
    case Method::Pap:
        return Inner::Pap;
    case Method::Mschapv2:
        return Inner::MsChapV2;
    case Method::EapMschapv2:
        return Inner::EapMsChapV2;
    case Method::EapGtc:
        return Inner::EapGtc;
    case Method::EapMd5:
        return Inner::EapMd5;
    case Method::EapTls:
        return Inner::EapTls;
    default:
        return std::nullopt;
    }
}

template<typename T>
void addOnce(std::vector<T>& to, const std::optional<T>& one) {
    if (one && std::find(to.begin(), to.end(), *one) == to.end()) {
        to.push_back(*one);
    }
}

std::vector<MethodType> methodsOf(const profile::Authentication& authentication) {
    std::vector<MethodType> methods;
    addOnce(methods, methodOf(authentication.method));
    addOnce(methods, methodOf(authentication.eapType));
    for (const auto each : authentication.allowed) {
        addOnce(methods, methodOf(each));
    }
    if (methods.empty()) {
        // Nothing is said: everything that takes a user name and a password, what shows the least of it first.
        methods = {MethodType::MsChapV2, MethodType::Peap, MethodType::Ttls, MethodType::Gtc};
    }
    return methods;
}

std::vector<Inner> innerMethodsOf(const profile::Authentication& authentication) {
    std::vector<Inner> inner;
    for (const auto each : authentication.inner) {
        addOnce(inner, innerOf(each));
    }
    return inner.empty() ? std::vector{Inner::EapMsChapV2, Inner::EapGtc} : inner;
}

} // namespace

base::Result<eap::Settings> eapSettings(const profile::Profile& profile, const std::string& server,
                                        const std::shared_ptr<const crypto::TrustStore>& trust,
                                        base::UnixSeconds time) {
    const auto& says = profile.trust;
    eap::Settings settings;
    settings.methods = methodsOf(profile.authentication);
    settings.inner = innerMethodsOf(profile.authentication);
    const bool usesTls = std::any_of(settings.methods.begin(), settings.methods.end(), [](MethodType type) {
        return type == MethodType::Tls || type == MethodType::Ttls || type == MethodType::Peap;
    });
    if (usesTls) { // a method without a tunnel would sign in with it
        settings.outerIdentity = profile.authentication.outerIdentity;
    }
    settings.requireCryptobinding = profile.authentication.requireCryptobinding;
    auto& tls = settings.tls;
    tls.time = time;
    tls.newest = profile.authentication.eapTls13 ? crypto::TlsVersion::Tls13 : crypto::TlsVersion::Tls12;
    tls.checkServer = says.eapServerValidated.value_or(true);
    tls.trust = trust;
    tls.serverNames = says.eapServerNames;
    if (!says.eapRootSha1.empty() && tls.checkServer && trust && usesTls) {
        auto only = trust->onlyRoots(says.eapRootSha1);
        if (!only) {
            return base::fail(std::move(only.error()));
        }
        tls.trust = std::move(*only);
    } else if (says.caPem.empty() && tls.serverNames.empty()) {
        tls.serverNames = {server};
    }
    return settings;
}

} // namespace tern::connection

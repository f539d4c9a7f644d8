#include "core/crypto/revocation.h"

#include "core/crypto/revocation_rules.h"
#include "core/crypto/trust_rules.h"

#include <algorithm>
#include <array>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509_vfy.h>

namespace tern::crypto {

namespace {

using AccessPtr = OpensslPtr<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using PointsPtr = OpensslPtr<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;

constexpr std::size_t mostSources = 4;
constexpr std::size_t longestUrl = 1024;
constexpr base::UnixSeconds skew{300};
constexpr base::UnixSeconds withoutNextUpdate{86400};

// Over http only: the answers are signed, and https would need a check of revocation for itself.
bool isUsable(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    return url.size() > scheme.size() && url.size() <= longestUrl && url.starts_with(scheme) &&
           std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

void addUrl(std::vector<std::string>& urls, const GENERAL_NAME* name) {
    if (name->type != GEN_URI || urls.size() == mostSources) {
        return;
    }
    auto url = base::toText(octets(name->d.uniformResourceIdentifier));
    if (isUsable(url)) {
        urls.push_back(std::move(url));
    }
}

} // namespace

RevocationSources revocationSources(base::ByteView certificate) {
    RevocationSources sources;
    const auto x509 = parseCertificate(certificate);
    if (!x509) {
        return sources;
    }
    const AccessPtr access(
        static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(x509.get(), NID_info_access, nullptr, nullptr)));
    for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const auto* const each = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        if (OBJ_obj2nid(each->method) == NID_ad_OCSP) {
            addUrl(sources.ocsp, each->location);
        }
    }
    const PointsPtr points(
        static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(x509.get(), NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const auto* const name = sk_DIST_POINT_value(points.get(), i)->distpoint;
        constexpr int fullName = 0;
        if (name == nullptr || name->type != fullName) {
            continue;
        }
        for (int j = 0; j < sk_GENERAL_NAME_num(name->name.fullname); ++j) {
            addUrl(sources.crl, sk_GENERAL_NAME_value(name->name.fullname, j));
        }
    }
    ERR_clear_error();
    return sources;
}

std::string_view revocationReason(int reason) {
    // By number; 7 is not used.
    constexpr std::array<std::string_view, 11> names{
        "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
        "superseded",    "cessationOfOperation", "certificateHold", "",
        "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
    return reason >= 0 && static_cast<std::size_t>(reason) < names.size() ? names.at(static_cast<std::size_t>(reason))
                                                                          : std::string_view();
}

base::Result<ParsedPair> parsePair(const IssuedCertificate& asked) {
    ParsedPair pair{parseCertificate(asked.certificate), parseCertificate(asked.issuer)};
    if (!pair.certificate || !pair.issuer) {
        return malformedCertificate("to be looked up");
    }
    return pair;
}

tl::unexpected<base::Error> revocationMalformed(std::string why) {
    ERR_clear_error();
    return base::fail("tern.crypto.revocation.malformed", {}, std::move(why));
}

tl::unexpected<base::Error> revocationSigner(std::string why) {
    ERR_clear_error();
    return base::fail("tern.crypto.revocation.signer", {}, std::move(why));
}

tl::unexpected<base::Error> revocationOther(std::string why) {
    ERR_clear_error();
    return base::fail("tern.crypto.revocation.other", {}, std::move(why));
}

base::Result<base::UnixSeconds> believableUntil(base::UnixSeconds thisUpdate,
                                                std::optional<base::UnixSeconds> nextUpdate, base::UnixSeconds now) {
    const auto until = nextUpdate.value_or(thisUpdate + withoutNextUpdate);
    if (thisUpdate > now + skew || until + skew < now || until < thisUpdate) {
        return base::fail("tern.crypto.revocation.stale", {dateText(thisUpdate), dateText(until)});
    }
    return until;
}

bool isBrokenSignature(int signatureNid) {
    int hash = NID_undef;
    if (OBJ_find_sigid_algs(signatureNid, &hash, nullptr) != 1) {
        return true;
    }
    return hash == NID_md5 || hash == NID_md4 || hash == NID_md2;
}

void StoreDeleter::operator()(X509_STORE* store) const {
    X509_STORE_free(store);
}

std::unique_ptr<X509_STORE, StoreDeleter> storeOf(X509* issuer, base::UnixSeconds now) {
    std::unique_ptr<X509_STORE, StoreDeleter> store(X509_STORE_new());
    if (!store || X509_STORE_add_cert(store.get(), issuer) != 1) {
        return nullptr;
    }
    auto* const rules = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_time(rules, now.count());
    // The issuer was itself verified before: it ends the chain here, root or not.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

} // namespace tern::crypto

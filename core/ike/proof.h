// AUTH with a post-quantum pre-shared key beside it (PPK, RFC 8784): a secret both ends were given on another way is
// mixed into the keys, so that recorded traffic stays safe from a quantum computer.
#pragma once

#include "core/ike/context.h"
#include "core/ike/payloads.h"

#include <functional>

namespace tern::ike {

// Makes AUTH of octets: a signature or a MAC.
using Prove = std::function<base::Result<AuthData>(base::ByteView octets)>;

// prf(prf(secret, "Key Pad for IKEv2"), octets), with a pre-shared key or a method's MSK, which must outlive it.
[[nodiscard]] Prove proveWith(PrfId prf, base::ByteView secret);

// Adds AUTH; where a PPK is in use also N(PPK_IDENTITY), and where it is optional N(NO_PPK_AUTH). `identity` is the
// body of our IDi payload. Every AUTH of ours is made by this.
[[nodiscard]] base::Result<void> addProof(Context& context, base::ByteView identity, Payloads& request,
                                          const Prove& prove);

// After IKE_SA_INIT: whether the server takes part. Fails with tern.ike.ppk.unsupported when the profile insists.
[[nodiscard]] base::Result<void> agreePpk(Context& context, const Payloads& initResponse);
// Before IKE_AUTH, when the keys of the IKE SA are the last ones.
void mixInPpk(Context& context);
// Before the AUTH of a response is verified: the server says with N(PPK_IDENTITY) that it has used the key.
void notePpk(Context& context, const Payloads& response);
// When both ends are proven: puts the mixed keys into use. Fails with tern.ike.ppk.unknown when the server has done
// without and the profile insists.
[[nodiscard]] base::Result<void> settlePpk(Context& context);

} // namespace tern::ike

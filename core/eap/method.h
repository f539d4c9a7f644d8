// An EAP method as the peer runs it. Each method is a file pair; createMethod() knows them all.
#pragma once

#include "core/base/random.h"
#include "core/eap/peer.h"

#include <memory>

namespace tern::eap {

struct Credentials {
    std::string username;
    std::optional<base::SecureBytes> password;
};
// What a method is made from; all of it outlives the method.
struct MethodContext {
    const Settings& settings;
    base::RandomSource& random;
    const bool& serverVerified; // by the layer below
};

// What a method wants done after a request or an answer.
struct Respond {
    base::Bytes typeData;
};
struct Ask {
    Prompt prompt;
};
struct Abandon { // no answer is sent and the authentication ends
    base::Error error;
};
using Step = std::variant<Respond, Ask, Abandon>;

struct Keys {
    base::SecureBytes msk;
    base::SecureBytes hlak;
};

class Method {
public:
    Method() = default;
    Method(const Method&) = delete;
    Method& operator=(const Method&) = delete;
    virtual ~Method() = default;

    [[nodiscard]] virtual MethodType type() const = 0;
    // Whether it may only run inside a layer that has verified the server.
    [[nodiscard]] virtual bool needsVerifiedServer() const = 0;

    // A Request of this method. identifier: of the EAP packet.
    [[nodiscard]] virtual Step request(const Credentials& credentials, std::uint8_t identifier,
                                       base::ByteView typeData) = 0;
    // After Ask. secret: what was typed; after a Password or Credentials prompt it is in the credentials as well.
    [[nodiscard]] virtual Step answered(const Credentials& credentials, base::ByteView secret) = 0;
    // What the server wants to be shown since the last call.
    [[nodiscard]] virtual std::vector<Prompt> takeMessages() { return {}; }

    // All that must come before EAP-Success has come, the server's own proof included.
    [[nodiscard]] virtual bool isComplete() const = 0;
    // Only when complete. Both empty from a method that makes no key.
    [[nodiscard]] virtual Keys takeKeys() = 0;
    // Why the server refused, once it has said so.
    [[nodiscard]] virtual std::optional<base::Error> reason() const = 0;
    // What is wrong with an EAP-Success that comes before isComplete().
    [[nodiscard]] virtual base::Error earlySuccess() const {
        return reason().value_or(
            base::Error{"tern.eap.early-success", {}, "EAP-Success before the server has proved itself"});
    }
};

[[nodiscard]] std::unique_ptr<Method> createMethod(MethodType type, const MethodContext& context);

} // namespace tern::eap

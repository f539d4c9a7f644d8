// What went wrong, as data: the same error is shown by the window, ternctl, the log and the report.
//
// code    stable and documented, "tern.AREA.…" (tern.ike.auth.server-cert-name); looked up in core/base/catalogue/
// args    values for %1, %2 … of the code's sentence and remedy; may be text from outside, always shown as plain text
// detail  the technical part in English, for logs and "Details"; never a secret
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace tern::base {

struct Error {
    std::string code;
    std::vector<std::string> args;
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

template<typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

// return fail(CODE, {fileName}, "byte 0 is 0x7F");
[[nodiscard]] inline tl::unexpected<Error> fail(std::string_view code, std::initializer_list<std::string> args = {},
                                                std::string detail = {}) {
    return tl::make_unexpected(Error{std::string(code), std::vector<std::string>(args), std::move(detail)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::make_unexpected(std::move(error));
}

} // namespace tern::base

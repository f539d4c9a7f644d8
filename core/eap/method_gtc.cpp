#include "core/eap/method_gtc.h"

#include "core/eap/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace tern::eap {

namespace {

bool containsAny(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

} // namespace

bool asksForPassword(const std::string& text) {
    std::string lower = text;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (containsAny(lower, {"code", "token", "otp", "one-time", "one time", "pin", "new ", "factor", "challenge",
                            "验证码", "一次性", "动态"})) {
        return false;
    }
    return lower.empty() || containsAny(lower, {"password", "passwd", "passwort", "kennwort", "密码", "口令"});
}

Step GtcMethod::request(const Credentials& credentials, std::uint8_t /*identifier*/, base::ByteView typeData) {
    auto text = displayText(typeData);
    const bool again = m_askedForPassword;
    const bool forPassword = asksForPassword(text);
    m_asking = true;
    m_askedForPassword = forPassword;
    if (forPassword && !again && credentials.password) {
        return answered(credentials, credentials.password->view());
    }
    const auto kind = forPassword ? Prompt::Kind::Password : Prompt::Kind::Code;
    return Ask{Prompt{kind, std::move(text), forPassword && again}};
}

Step GtcMethod::answered(const Credentials& /*credentials*/, base::ByteView secret) {
    constexpr std::size_t longest = 1000;
    if (!m_asking || secret.size() > longest) {
        return Abandon{{"tern.eap.internal", {}, "an answer to EAP-GTC that cannot be used"}};
    }
    m_asking = false;
    ++m_answers;
    return Respond{{secret.begin(), secret.end()}};
}

std::optional<base::Error> GtcMethod::reason() const {
    if (m_answers == 0) {
        return std::nullopt;
    }
    return base::Error{m_askedForPassword ? "tern.eap.password" : "tern.eap.code", {}, "EAP-Failure after EAP-GTC"};
}

} // namespace tern::eap

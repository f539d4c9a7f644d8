#include "core/formats/exporters.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Profile;
using profile::Protocol;

// In single quotes PowerShell replaces nothing; it ends them at any of five quotation marks, each of which is meant
// when it stands twice (about_Quoting_Rules; the others are U+2018 to U+201B).
std::string quoted(std::string_view text) {
    std::string out = "'";
    const auto line = oneLine(text);
    for (std::size_t i = 0; i < line.size();) {
        const std::string_view rest = std::string_view(line).substr(i);
        const bool curly = rest.size() > 2 && rest.starts_with("\xE2\x80") && rest[2] >= '\x98' && rest[2] <= '\x9B';
        const std::size_t size = curly ? 3 : 1;
        out += rest.substr(0, size);
        if (curly || rest.front() == '\'') {
            out += rest.substr(0, size);
        }
        i += size;
    }
    return out + '\'';
}

class Script {
public:
    explicit Script(const Profile& profile)
        : m_profile(profile) {}

    Written write() {
        line("# Makes a VPN connection for the user who runs this, on Windows 10 or later. It holds no password.");
        line("$ErrorActionPreference = 'Stop'");
        line("$name = " + quoted(m_profile.name));
        line("if (Get-VpnConnection -Name $name -ErrorAction SilentlyContinue) {");
        line("    Remove-VpnConnection -Name $name -Force");
        line("}");
        connection();
        policy();
        routes();
        trusted();
        return {std::move(m_text), std::move(m_written)};
    }

private:
    void line(const std::string& text) { m_text += text + "\r\n"; }

    void connection() {
        const auto& routing = m_profile.routing;
        Profile dialled = m_profile;
        if (m_profile.protocol != Protocol::Sstp) {
            dialled.port = 0;
        } else {
            m_written.insert(Setting::Port);
        }
        line("$settings = @{");
        line("    Name = $name");
        line("    ServerAddress = " + quoted(hostAndPort(dialled)));
        line(std::string("    TunnelType = ") + (m_profile.protocol == Protocol::Sstp ? "'Sstp'" : "'Ikev2'"));
        line("    EncryptionLevel = 'Required'");
        signIn();
        if (!routing.fullTunnelIpv4) {
            line("    SplitTunneling = $true");
        }
        if (routing.fullTunnelIpv4 == routing.fullTunnelIpv6) {
            m_written.insert(Setting::SplitTunnel);
        }
        if (m_profile.authentication.rememberPassword) {
            line("    RememberCredential = $true");
        }
        if (!m_profile.dns.suffix.empty()) {
            line("    DnsSuffix = " + quoted(m_profile.dns.suffix));
        }
        if (m_profile.dns.domains.empty() && !m_profile.dns.registerAddress) {
            m_written.insert(Setting::DnsDomains);
        }
        if (const auto idle = m_profile.redial.idleDisconnect.count(); idle > 0) {
            line("    IdleDisconnectSeconds = " + std::to_string(idle));
        }
        if (m_profile.redial.attempts == 0 && m_profile.redial.pause.count() == 0) {
            m_written.insert(Setting::Redial);
        }
        spares();
        line("}");
        line("Add-VpnConnection @settings -Force");
    }

    void signIn() {
        const auto method = m_profile.authentication.method;
        if (method == Method::MachineCertificate) {
            line("    AuthenticationMethod = 'MachineCertificate'");
            m_written.insert(Setting::SignIn);
        } else if (method == Method::Mschapv2) {
            line("    AuthenticationMethod = 'MSChapv2'");
            m_written.insert(Setting::SignIn);
        } else if (const auto config = eapHostConfig(m_profile, m_written)) {
            line("    AuthenticationMethod = 'Eap'");
            line("    EapConfigXmlStream = " + quoted(*config));
        }
    }

    void spares() {
        if (m_profile.servers.size() > 1) {
            std::string list;
            for (const auto& each : m_profile.servers) {
                list += (list.empty() ? "" : ", ") + ("(New-VpnServerAddress -ServerAddress " + quoted(each)) +
                        " -FriendlyName " + quoted(each) + ')';
            }
            line("    ServerList = @(" + list + ')');
        }
        m_written.insert(Setting::Spares);
    }

    void policy() {
        const auto names = m_profile.ike.policy ? windowsPolicy(*m_profile.ike.policy) : std::nullopt;
        if (!names || m_profile.protocol == Protocol::Sstp) {
            return;
        }
        line("$policy = @{");
        line("    ConnectionName = $name");
        line("    AuthenticationTransformConstants = " + quoted(names->espIntegrity));
        line("    CipherTransformConstants = " + quoted(names->espCipher));
        line("    EncryptionMethod = " + quoted(names->cipher));
        line("    IntegrityCheckMethod = " + quoted(names->integrity));
        line("    DHGroup = " + quoted(names->group));
        line("    PfsGroup = " + quoted(names->pfs));
        line("}");
        line("Set-VpnConnectionIPsecConfiguration @policy -Force");
        m_written.insert(Setting::Policy);
    }

    void routes() {
        const auto& routing = m_profile.routing;
        for (const auto& each : routing.routes) {
            line("Add-VpnConnectionRoute -ConnectionName $name -DestinationPrefix " + quoted(each.to.text()) +
                 (each.metric == 0 ? "" : " -RouteMetric " + std::to_string(each.metric)));
        }
        if (routing.classRoute && !routing.routesFromSelectors && routing.metric == 0) {
            m_written.insert(Setting::Routes);
        }
    }

    void trusted() {
        if (m_profile.alwaysOn.trustedNetworks.empty()) {
            return;
        }
        std::string list;
        for (const auto& each : m_profile.alwaysOn.trustedNetworks) {
            list += (list.empty() ? "" : ", ") + quoted(each);
        }
        line("Add-VpnConnectionTriggerTrustedNetwork -ConnectionName $name -DnsSuffix " + list + " -Force");
        m_written.insert(Setting::TrustedNetworks);
    }

    const Profile& m_profile;
    std::string m_text;
    Settings m_written;
};

} // namespace

Written writePowerShell(const Profile& profile) {
    auto written = Script(profile).write();
    // Windows PowerShell takes a script without this mark for one in the computer's code page.
    written.text.insert(0, "\xEF\xBB\xBF");
    return written;
}

} // namespace tern::formats

// The real parts of a connection: UDP sockets, IKE sessions, tunnels, and the system's certificate authorities.
#pragma once

#include "core/connection/environment.h"

#include <deque>

#include <future>
#include <string>

namespace tern::connection {

class RealParts final : public Parts {
public:
    // Starts reading the bundle (PEM) in the background, so that the first connection need not wait for it.
    // `random` must outlive this.
    RealParts(base::RandomSource& random, std::string bundlePath);

    // More authorities (PEM) for a profile, beside its own or the system's; "": none.
    using MoreAuthorities = std::function<std::string(const profile::Profile& profile)>;
    void setMoreAuthorities(MoreAuthorities more) { m_more = std::move(more); }

    [[nodiscard]] base::Result<std::unique_ptr<OuterPort>> openPort(base::UniqueFd socket,
                                                                    const base::IpAddress& server) override;
    [[nodiscard]] base::Result<std::unique_ptr<OuterPort>> openStream(base::UniqueFd socket,
                                                                      const base::Endpoint& server) override;
    [[nodiscard]] bool prefersStream(const base::IpAddress& local, const base::IpAddress& server) const override;
    void noteStream(const base::IpAddress& local, const base::IpAddress& server, bool preferred) override;
    [[nodiscard]] bool prefersSstp(const base::IpAddress& local, const base::IpAddress& server) const override;
    void noteSstp(const base::IpAddress& local, const base::IpAddress& server, bool preferred) override;
    [[nodiscard]] ike::ServerHint hintFor(const base::IpAddress& server) const override;
    void noteHint(const base::IpAddress& server, const ike::ServerHint& hint) override;
    [[nodiscard]] base::Result<std::unique_ptr<ike::Session>> createSession(ike::SessionConfig config) override;
    [[nodiscard]] base::Result<std::unique_ptr<datapath::EspTunnel>>
    startTunnel(datapath::EspTunnelConfig config) override;
    [[nodiscard]] base::Result<std::unique_ptr<ByteStream>> openBytes(base::UniqueFd socket,
                                                                      const base::Endpoint& server) override;
    [[nodiscard]] base::Result<std::unique_ptr<crypto::TlsClient>> createTls(crypto::TlsClientConfig config) override;
    [[nodiscard]] base::Result<std::unique_ptr<sstp::Session>> createSstp(sstp::SessionConfig config) override;
    [[nodiscard]] base::Result<std::unique_ptr<datapath::SstpTunnel>>
    startSstpTunnel(datapath::SstpTunnelConfig config) override;
    // tern.engine.roots-missing when there is no bundle; tern.crypto.ca.* for a profile whose own are damaged.
    [[nodiscard]] base::Result<std::shared_ptr<const crypto::TrustStore>>
    trustFor(const profile::Profile& profile) override;
    [[nodiscard]] base::Result<std::vector<crypto::Credential>>
    openOwnCertificate(const profile::Profile& profile, const std::optional<base::SecureBytes>& secret) override;

private:
    using Place = std::pair<base::IpAddress, base::IpAddress>;
    using Places = std::deque<Place>; // the latest first
    static void note(Places& places, const Place& place, bool preferred);
    Places m_overStream;                                             // where TCP was needed
    Places m_overSstp;                                               // where SSTP was
    std::deque<std::pair<base::IpAddress, ike::ServerHint>> m_hints; // the latest first
    using Trust = base::Result<std::shared_ptr<const crypto::TrustStore>>;
    [[nodiscard]] static Trust readBundle(const std::string& path, const std::string& more = {});

    base::RandomSource& m_random;
    std::string m_bundlePath;
    MoreAuthorities m_more;
    std::shared_future<Trust> m_bundle;
};

} // namespace tern::connection

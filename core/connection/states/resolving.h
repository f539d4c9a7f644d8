// The server's addresses are looked up, the helper is asked for a session, and the person is asked for what is missing,
// the pass phrase or PIN of our key first, then who logs in: all three at once, since none needs another. A certificate
// of ours that has run out ends it here, before the server hears of us.
// For SSTP the system is asked before which proxy leads to the server, for a few seconds at most.
// Guaranteed: nothing is routed and nothing is blocked. Only the name query leaves, by the host's own resolver, and
// what the desktop does to find a proxy.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Resolving final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Resolving; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    // The choice of the protocol is left to us: IKE is tried past any proxy.
    [[nodiscard]] bool isBesideIke() const;
    [[nodiscard]] StatePtr proxyFound(base::Result<std::optional<ProxyWay>> found);
    void lookUpServer(const std::string& name);
    [[nodiscard]] PendingPtr lookUp(const std::string& name, bool ofProxy);
    [[nodiscard]] StatePtr graceOver();
    [[nodiscard]] StatePtr resolved(Resolved& event);
    [[nodiscard]] StatePtr proxyResolved(Resolved& event);
    [[nodiscard]] StatePtr notFound();
    [[nodiscard]] StatePtr opened(SessionOpened& event);
    [[nodiscard]] StatePtr answered(Answered& event);
    [[nodiscard]] StatePtr openKey(const std::optional<base::SecureBytes>& secret);
    [[nodiscard]] bool askForKey(const base::Error& error);
    void askWho();
    [[nodiscard]] StatePtr whenComplete();

    PendingPtr m_finding; // which proxy, if any
    PendingPtr m_resolving;
    PendingPtr m_resolvingProxy;
    std::optional<base::Error> m_unknown; // the server's name, while the proxy is looked up
    PendingPtr m_asking;
    bool m_haveAddresses = false;
    bool m_haveCredentials = false;
    std::optional<base::Error> m_keyClosed; // why the key is not open, while the person is asked
};

} // namespace tern::connection

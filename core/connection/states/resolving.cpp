#include "core/connection/states/resolving.h"

#include "core/connection/own_certificate.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/sstp_calling.h"

#include <algorithm>

namespace tern::connection {

namespace {

constexpr base::Duration resolveLimit = std::chrono::seconds(20);
// Name servers that fall silent hold up a desktop's automatic proxy setting as well, which a PAC file asks: a server
// that can be called without a proxy need not wait for that.
constexpr base::Duration findingLimit = std::chrono::seconds(5);
// IKE need not wait for the proxy's address longer.
constexpr base::Duration proxyGrace = std::chrono::seconds(1);
// Nor need SSTP, once it can call the proxy, for a name that the proxy will look up itself: name servers behind a proxy
// often know nothing of the outside, and say so by silence.
constexpr base::Duration nameGrace = std::chrono::seconds(2);

// Windows servers refuse IPv6 outside with UDP encapsulation: IPv4 first where there are both.
std::vector<base::IpAddress> ipv4First(std::vector<base::IpAddress> addresses) {
    std::stable_partition(addresses.begin(), addresses.end(),
                          [](const base::IpAddress& address) { return !address.isV6(); });
    return addresses;
}

} // namespace

StatePtr Resolving::enter() {
    const auto& profile = m.request.profile;
    const auto server = m.redirects.name().value_or(profile.servers.at(m.serverIndex));
    m.status.stage = Stage::Resolving;
    m.status.serverName = server;
    m.status.server.reset();
    m.watchSurroundings();
    if (!m.host) {
        m.environment.host.openSession(m.callback<base::Result<std::unique_ptr<HostSession>>>(
            [](auto session) -> Event { return SessionOpened{std::move(session)}; }));
    }
    m_haveCredentials = !needsUsername(profile) || !m.username.empty();
    if (needsCertificate(profile) && m.own.empty()) {
        const auto given = std::exchange(m.keySecret, std::nullopt);
        if (auto next = openKey(given)) {
            return next;
        }
    } else {
        askWho();
    }
    m.addressIndex = 0;
    m_finding = m.findProxy(server);
    if (m_finding) {
        m.setGrace(findingLimit);
    }
    // Behind a proxy the server's name may be known to it alone; IKE goes past it.
    if (!m_finding || isBesideIke()) {
        lookUpServer(server);
    }
    return whenComplete();
}

bool Resolving::isBesideIke() const {
    return m.request.profile.protocol == profile::Protocol::Automatic;
}

void Resolving::lookUpServer(const std::string& name) {
    m_resolving = lookUp(name, false);
    if (m_resolving) {
        m.setAlarm(resolveLimit);
    }
}

StatePtr Resolving::proxyFound(base::Result<std::optional<ProxyWay>> found) {
    m_finding.reset();
    m.clearGrace();
    if (auto taken = m.takeProxy(std::move(found)); !taken) {
        return std::make_unique<Disconnecting>(m, std::move(taken.error()));
    }
    if (!isBesideIke()) {
        lookUpServer(m.proxy ? m.proxy->host : m.status.serverName);
        return whenComplete();
    }
    if (m.proxy) {
        m_resolvingProxy = lookUp(m.proxy->host, true);
        if (m_resolvingProxy && m_haveAddresses) {
            m.setGrace(proxyGrace);
        } else if (m_resolving && !m_resolvingProxy) {
            m.setGrace(nameGrace);
        }
    }
    return m_unknown && !m_resolvingProxy ? notFound() : whenComplete();
}

// Nothing is under way where the name is an address.
PendingPtr Resolving::lookUp(const std::string& name, bool ofProxy) {
    if (const auto address = base::IpAddress::fromText(name)) {
        (ofProxy ? m.proxyAddresses : m.serverAddresses) = {*address};
        m_haveAddresses = m_haveAddresses || !ofProxy;
        return nullptr;
    }
    return m.environment.resolver.resolve(
        name, m.callback<base::Result<std::vector<base::IpAddress>>>([ofProxy](auto addresses) -> Event {
            return Resolved{std::move(addresses), ofProxy};
        }));
}

StatePtr Resolving::handle(Event& event) {
    if (auto* resolvedEvent = std::get_if<Resolved>(&event)) {
        return resolvedEvent->ofProxy ? proxyResolved(*resolvedEvent) : resolved(*resolvedEvent);
    }
    if (auto* found = std::get_if<ProxyFound>(&event)) {
        return proxyFound(std::move(found->proxy));
    }
    if (std::holds_alternative<GraceOver>(event)) {
        return graceOver();
    }
    if (auto* openedEvent = std::get_if<SessionOpened>(&event)) {
        return opened(*openedEvent);
    }
    if (auto* answeredEvent = std::get_if<Answered>(&event)) {
        return answered(*answeredEvent);
    }
    if (auto* lost = std::get_if<HostLost>(&event)) {
        m.host.reset();
        return std::make_unique<Disconnecting>(m, std::move(lost->error));
    }
    if (std::holds_alternative<AlarmRang>(event) && !m_haveAddresses) {
        m_resolvingProxy.reset();
        Resolved late{base::fail("tern.engine.resolver-failed", {m.status.serverName}, "no answer in 20 s")};
        return m_unknown ? notFound() : resolved(late);
    }
    if (std::holds_alternative<DisconnectRequested>(event)) {
        return std::make_unique<Disconnecting>(m);
    }
    return nullptr;
}

StatePtr Resolving::graceOver() {
    if (m_finding) {
        m.note("The system did not say in 5 s which proxy leads to the server; going without one");
        return proxyFound(std::nullopt);
    }
    if (m_resolvingProxy) {
        Resolved late{base::fail("tern.engine.resolver-failed", {}, "no answer in time"), true};
        return proxyResolved(late);
    }
    if (m_resolving && !m.proxyAddresses.empty()) {
        Resolved late{base::fail("tern.engine.resolver-failed", {m.status.serverName}, "no answer in 2 s")};
        return resolved(late);
    }
    return nullptr;
}

StatePtr Resolving::resolved(Resolved& event) {
    m_resolving.reset();
    if (!m_finding) {
        m.clearGrace();
    }
    if (!event.addresses) {
        m_unknown = std::move(event.addresses.error());
        return m_finding || m_resolvingProxy ? nullptr : notFound();
    }
    m.serverAddresses = ipv4First(std::move(*event.addresses));
    m_haveAddresses = true;
    if (m_resolvingProxy) {
        m.setGrace(proxyGrace);
    }
    return whenComplete();
}

StatePtr Resolving::proxyResolved(Resolved& event) {
    m_resolvingProxy.reset();
    m.clearGrace();
    if (event.addresses) {
        m.proxyAddresses = ipv4First(std::move(*event.addresses));
        if (m_resolving) {
            m.setGrace(nameGrace);
        }
    } else {
        const auto& why = event.addresses.error();
        m.proxyLost =
            base::Error{"tern.proxy.unknown-host", {m.proxy->text}, why.detail.empty() ? why.code : why.detail};
    }
    return m_unknown ? notFound() : whenComplete();
}

StatePtr Resolving::notFound() {
    if (!m.proxyAddresses.empty()) {
        m.note("The server's name is not known here (" + m_unknown->code + "); the proxy may know it");
        m_unknown.reset();
        m.serverAddresses.clear();
        m.settleOnProxy();
        m_haveAddresses = true;
        return whenComplete();
    }
    auto error = std::move(*m_unknown);
    if (m.status.reconnecting) {
        return std::make_unique<Reconnecting>(m, std::move(error));
    }
    if (m.serverIndex + 1 < m.request.profile.servers.size()) {
        ++m.serverIndex;
        return std::make_unique<Resolving>(m);
    }
    return std::make_unique<Disconnecting>(m, std::move(error));
}

StatePtr Resolving::opened(SessionOpened& event) {
    if (!event.session) {
        return std::make_unique<Disconnecting>(m, std::move(event.session.error()));
    }
    m.host = std::move(*event.session);
    m.host->onLost([weak = m.weak_from_this()](base::Error error) {
        if (const auto machine = weak.lock()) {
            machine->post(HostLost{std::move(error)});
        }
    });
    return whenComplete();
}

// Opens it, asks for what opens it, or gives up with the reason.
StatePtr Resolving::openKey(const std::optional<base::SecureBytes>& secret) {
    m_keyClosed.reset();
    auto opened = m.environment.parts.openOwnCertificate(m.request.profile, secret);
    if (!opened) {
        return askForKey(opened.error()) ? nullptr : std::make_unique<Disconnecting>(m, std::move(opened.error()));
    }
    const auto usable = crypto::chooseCredential(*opened, {}, m.environment.reactor.wallClock());
    if (!usable) {
        return std::make_unique<Disconnecting>(m, usable.error());
    }
    // EAP tells a name before the server says what it wants to see: that of the first.
    std::swap(opened->front(), opened->at(*usable));
    m.own = std::move(*opened);
    askWho();
    return nullptr;
}

// Only where a secret may help: an unreadable file is never met with a question for its pass phrase.
bool Resolving::askForKey(const base::Error& error) {
    Question question;
    const auto& own = m.request.profile.authentication.certificate;
    question.server = m.status.serverName;
    if (error.code == "tern.crypto.key.passphrase-needed" || error.code == "tern.crypto.key.passphrase-wrong") {
        question.kind = ike::Prompt::Kind::PassPhrase;
        const auto& file = own.key.empty() ? own.source : own.key;
        question.text = file.substr(file.rfind('/') + 1);
    } else if (error.code == "tern.crypto.token.pin-needed" || error.code == "tern.crypto.token.pin-wrong" ||
               error.code == "tern.crypto.token.pin-last-try") {
        question.kind = ike::Prompt::Kind::Pin;
        question.text = error.args.empty() ? std::string() : error.args.front();
    } else {
        return false;
    }
    question.retry = error.code.ends_with("-wrong");
    question.lastTry = error.code.ends_with("-last-try");
    m_keyClosed = error;
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
    return true;
}

void Resolving::askWho() {
    if (m_haveCredentials) {
        return;
    }
    Question question;
    question.kind = ike::Prompt::Kind::Credentials;
    question.server = m.status.serverName;
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

StatePtr Resolving::answered(Answered& event) {
    m_asking.reset();
    if (m_keyClosed && !event.credentials) {
        // Nobody can be asked: what the key said is the better reason.
        return std::make_unique<Disconnecting>(m, std::move(*m_keyClosed));
    }
    if (m_keyClosed && *event.credentials) {
        if (auto next = openKey((*event.credentials)->secret.clone())) {
            return next;
        }
        return whenComplete();
    }
    if (!event.credentials) {
        return std::make_unique<Disconnecting>(m, std::move(event.credentials.error()));
    }
    auto& credentials = *event.credentials;
    if (!credentials || credentials->username.empty()) {
        return std::make_unique<Disconnecting>(m);
    }
    m.username = std::move(credentials->username);
    m.secret = std::move(credentials->secret);
    m_haveCredentials = true;
    return whenComplete();
}

StatePtr Resolving::whenComplete() {
    const bool keyOpen = !needsCertificate(m.request.profile) || !m.own.empty();
    if (!m.host || !m_haveAddresses || m_finding || m_resolvingProxy || !m_haveCredentials || !keyOpen) {
        return nullptr;
    }
    return callServer(m);
}

} // namespace tern::connection

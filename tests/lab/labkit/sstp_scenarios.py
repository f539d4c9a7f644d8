"""The scenarios with an SSTP server: what its pppd asks for, what goes wrong, and how the servers in the field behave."""

_SOFTETHER = {"ppp": "own", "hashes": 2, "starts-late": True, "lcp-rejects": [5], "magic": False, "early-echo": True,
              "auth": ["eap", "mschapv2", "pap"], "ignores-hint": True, "answers-echo": False, "echo-every": 2.5,
              "ipcp-rejects": [130, 131, 132], "own-address": "1.0.0.1"}
_RRAS = {"ppp": "own", "mru": 4091, "auth": ["eap", "mschapv2"], "ccp": True, "ipv6cp": True,
         "lcp-extras": {"13": "06", "17": "05dc", "19": "0101020304050607"},
         "odd-protocols": ["804f", "8281"], "routes": ["10.20.0.0/24", "10.40.0.0/16"]}

# name, summary, auth, options of the server, more of the scenario
_WORKS = (
    ("sstp", "SSTP and MS-CHAPv2; Debian's pppd in a guest", "mschapv2", {}, {}),
    ("sstp-pap", "SSTP and PAP", "pap", {"pppd": ["require-pap"]}, {}),
    ("sstp-chap", "SSTP and CHAP-MD5", "chap", {"pppd": ["require-chap"]}, {}),
    ("sstp-eap-tls", "SSTP and EAP-TLS", "eap-tls", {"pppd": ["require-eap"]}, {}),
    ("sstp-eap-mschapv2", "SSTP and EAP-MSCHAPv2, after a Nak of EAP-MD5", "eap-mschapv2", {"pppd": ["require-eap"]}, {}),
    ("sstp-ipv6", "SSTP with IPV6CP, router advertisements and a name server by DHCPv6", "mschapv2", {"ipv6": True}, {"ipv6": True}),
    ("sstp-dhcpv6", "SSTP with IPV6CP and an address by DHCPv6", "mschapv2", {"ipv6": "dhcp"}, {"ipv6": True}),
    ("sstp-sha1", "SSTP: the server binds with SHA-1 only", "mschapv2", {"hashes": 1}, {}),
    ("sstp-tls12", "SSTP over TLS 1.2", "mschapv2", {"ppp": "own", "tls-largest": "TLSv1_2"}, {}),
    ("sstp-ecdsa", "SSTP, server with an ECDSA P-256 certificate", "mschapv2", {"ppp": "own"}, {"key": "ecdsa"}),
    ("sstp-chain", "SSTP, two intermediate authorities", "mschapv2", {"ppp": "own"}, {"certificate": "chain"}),
    ("sstp-port", "SSTP on port 8443", "mschapv2", {"ppp": "own", "port": 8443}, {}),
    ("sstp-nak", "SSTP: two CALL_CONNECT_NAKs before the ACK", "mschapv2", {"ppp": "own", "naks": 2}, {}),
    ("sstp-drip", "SSTP: an octet a TLS record until the call is up, then up to 200", "mschapv2", {"ppp": "own", "drip": True}, {}),
    ("sstp-second-factor", "SSTP: the answer to the password comes after 40 s", "mschapv2",
     {"ppp": "own", "login-delay": 40, "login-seconds": 300}, {}),
    ("sstp-radius", "SSTP and EAP by every method, relayed to FreeRADIUS; the binding with the keys that it returns", "eap-mschapv2",
     {"ppp": "own", "auth": ["eap-radius"]}, {"radius": True}),
    ("sstp-slow-http", "SSTP: HTTP's answer comes in pieces, 15 s apart", "mschapv2", {"ppp": "own", "http": "slow"}, {}),
    ("sstp-revocation", "SSTP: the certificate says where to ask whether it was revoked", "mschapv2", {"ppp": "own"}, {"certificate": "revocable"}),
    ("sstp-client-certificate", "SSTP: TLS wants a certificate of the client", "mschapv2", {"ppp": "own", "tls-client-certificate": True}, {}),
    ("sstp-own-pap", "SSTP and PAP, at the lab's own PPP side", "pap", {"ppp": "own", "auth": ["pap"]}, {}),
    ("sstp-softether", "SSTP as SoftEther does it", "mschapv2", _SOFTETHER, {}),
    ("sstp-mikrotik", "SSTP as MikroTik does it: PAP-Ack whose length leaves its message out", "pap",
     {"ppp": "own", "auth": ["pap"], "pap-message": "uncounted"}, {}),
    ("sstp-accel-ppp", "SSTP as accel-ppp does it: MTU 1452, nothing before CALL_CONNECTED", "mschapv2",
     {"ppp": "own", "mru": 1452, "peer-mru": 1452, "mtu": 1452, "early-ncp": False}, {}),
    ("sstp-keenetic", "SSTP as Keenetic does it: SNI is answered with unrecognized_name", "mschapv2", {"ppp": "own", "sni": "refused"}, {}),
    ("sstp-rras", "SSTP as Windows does it: MRU 4091, EAP first, Callback, MRRU, EPDISC, CCP, routes by DHCPINFORM", "mschapv2", _RRAS, {}),
)
_FAILS = (
    ("sstp-expired-cert", "SSTP: the certificate expired yesterday", {"ppp": "own"}, {"certificate": "expired"}),
    ("sstp-wrong-name", "SSTP: the certificate is for another name", {"ppp": "own"}, {"certificate": "wrong-name"}),
    ("sstp-keenetic-wrong-name", "SSTP: SNI is answered with unrecognized_name, and the certificate is for another name",
     {"ppp": "own", "sni": "refused"}, {"certificate": "wrong-name"}),
    ("sstp-untrusted", "SSTP: the certificate is of an unknown authority", {"ppp": "own"}, {"certificate": "untrusted"}),
    ("sstp-wrong-usage", "SSTP: the certificate is not for servers", {"ppp": "own"}, {"certificate": "no-usage"}),
    ("sstp-wrong-binding", "SSTP: the certificate was changed on the way; the server aborts", {"ppp": "own", "certificate-hash": "other"}, {}),
    ("sstp-dropped-binding", "SSTP: the certificate was changed on the way; the server hangs up without a word",
     {"ppp": "own", "certificate-hash": "other", "binding-refused": "close"}, {}),
    ("sstp-wrong-password", "SSTP: the user types a wrong password", {"ppp": "own"}, {"password": "Canary-wr0ng-1"}),
    ("sstp-expired-password", "SSTP: the password has expired (648) and can be changed", {"ppp": "own", "login-error": 648}, {}),
    ("sstp-no-dial-in", "SSTP: the account may not dial in (649)", {"ppp": "own", "login-error": 649}, {}),
    ("sstp-hours", "SSTP: not at this hour (646)", {"ppp": "own", "login-error": 646}, {}),
    ("sstp-disabled", "SSTP: the account is disabled (647)", {"ppp": "own", "login-error": 647}, {}),
    ("sstp-no-auth-in-common", "SSTP: the server wants PAP, the phonebook MS-CHAPv2", {"ppp": "own", "auth": ["pap"]}, {}),
    ("sstp-half-open", "SSTP: TCP connects, and then nothing", {"ppp": "none", "tls": "silent"}, {}),
    ("sstp-silent-http", "SSTP: TLS is up, and the request is never answered", {"ppp": "none", "http": "silent"}, {}),
    ("sstp-silent-sstp", "SSTP: HTTP answers, SSTP does not", {"ppp": "none", "mute": "request"}, {}),
    ("sstp-silent-ppp", "SSTP: the call is accepted, PPP never says a word", {"ppp": "none"}, {}),
    ("sstp-silent-network", "SSTP: the client is let in, and no address comes", {"ppp": "own", "network": "silent"}, {}),
    ("sstp-no-network", "SSTP: the client is let in, and IPCP refused", {"ppp": "own", "network": "refused"}, {}),
    ("sstp-silent", "SSTP: the server's address answers nothing", {"ppp": "none"}, {"silent": True}),
    ("sstp-no-free-ports", "SSTP: Windows without a free port: TCP is refused", {"ppp": "none", "tls": "refused"}, {}),
    ("sstp-proxy-refuses", "SSTP: the proxy on the way lets nobody out to port 443", {"ppp": "none"}, {}),
    ("sstp-abort", "SSTP: CALL_ABORT in answer to the call", {"ppp": "none", "abort": "request", "abort-status": 4}, {}),
    ("sstp-abort-late", "SSTP: CALL_ABORT as soon as the call is up", {"ppp": "own", "abort": "connected"}, {}),
    ("sstp-always-nak", "SSTP: CALL_CONNECT_NAK, however often it is asked", {"ppp": "none", "naks": 1000}, {}),
    ("sstp-captive", "SSTP: a captive portal's page instead", {"ppp": "none", "http": "captive"}, {}),
    *((f"sstp-{kind}", f"SSTP: {words}", {"ppp": "none", "http": kind}, {}) for kind, words in (
        ("redirect", "HTTP 302"), ("401", "HTTP 401"), ("403", "HTTP 403"), ("404", "HTTP 404"), ("503", "HTTP 503"),
        ("garbage", "no HTTP but another protocol"), ("long", "an HTTP header without end"), ("close", "the request is answered by the end"))),
)


def all_of(scenario):
    """The rows, made by the class that is given (scenarios.py's)."""
    rows = [scenario(name, summary, auth=auth, peer="sstp", peer_options=options, **more) for name, summary, auth, options, more in _WORKS]
    return tuple(rows + [scenario(name, summary, auth="mschapv2", peer="sstp", peer_options=options, connects=False, **more)
                         for name, summary, options, more in _FAILS])

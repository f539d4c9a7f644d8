"""What the lab's SSTP server shows and wants in TLS."""

import ctypes
import ctypes.util
import ssl
from asyncio.sslproto import SSLProtocol

_SET_STATUS_CALLBACK, _SET_STATUS_RESPONSE = 63, 71  # openssl/tls1.h: SSL_CTRL_SET_TLSEXT_STATUS_REQ_…
_STATUS_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def context(settings, folder):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / "chain.pem", folder / "server.key")
    if settings["tls-client-certificate"]:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(folder / "clients.crt")
    if settings["tls-largest"]:
        made.maximum_version = getattr(ssl.TLSVersion, settings["tls-largest"])
    if settings["staple"]:
        _staple(made, (folder / settings["staple"]).read_bytes())
    return made


def common_name(encrypted):
    """Of the client's certificate; nothing without one."""
    names = dict(pair for part in (encrypted.getpeercert() or {}).get("subject", ()) for pair in part)
    return names.get("commonName", "")


def _staple(made, response):
    """Hands out an OCSP response (RFC 6066 8) to who asks. Python's ssl cannot, but its OpenSSL can: an SSLContext is a
    Python object's head and then the SSL_CTX."""
    library = ctypes.CDLL(ctypes.util.find_library("ssl"))
    crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
    library.SSL_CTX_callback_ctrl.argtypes = [ctypes.c_void_p, ctypes.c_int, _STATUS_CALLBACK]
    library.SSL_ctrl.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    crypto.CRYPTO_memdup.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_int]
    crypto.CRYPTO_memdup.restype = ctypes.c_void_p

    @_STATUS_CALLBACK
    def asked(session, _argument):
        copy = crypto.CRYPTO_memdup(response, len(response), b"", 0)  # OpenSSL's from here on
        library.SSL_ctrl(session, _SET_STATUS_RESPONSE, len(response), copy)
        return 0

    _kept.append(asked)
    native = ctypes.c_void_p.from_address(id(made) + object.__basicsize__).value
    library.SSL_CTX_callback_ctrl(native, _SET_STATUS_CALLBACK, asked)


_kept = []  # callbacks that OpenSSL knows by their address


def _with_alert(complete):
    """asyncio closes after a failed handshake without the alert that OpenSSL has made."""
    def completed(protocol, failure):
        if failure is not None:
            protocol._process_outgoing()
        return complete(protocol, failure)

    return completed


SSLProtocol._on_handshake_complete = _with_alert(SSLProtocol._on_handshake_complete)

"""What the lab's SSTP server answers to the first request: as HTTP.SYS would, or as somebody on the way."""

import asyncio
import re

from .sstp_wire import URI

_OK = (b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
       b"Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n")
_PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please sign in to the hotel's network.</body></html>\n"


def _answer(line, *fields, body=b""):
    head = "\r\n".join([f"HTTP/1.1 {line}", *fields, f"Content-Length: {len(body)}", "", ""])
    return head.encode() + body


_ANSWERS = {
    "401": _answer("401 Unauthorized", 'WWW-Authenticate: Basic realm="gateway"'),
    "403": _answer("403 Forbidden"),
    "404": _answer("404 Not Found", "Content-Type: text/html", body=b"<html>no such page</html>"),
    "503": _answer("503 Service Unavailable", "Retry-After: 30"),
    "redirect": _answer("302 Found", "Location: https://portal.example.test/login?from=vpn"),
    "captive": _answer("200 OK", "Content-Type: text/html; charset=utf-8", body=_PAGE),
    "http-1.0": _OK.replace(b"HTTP/1.1", b"HTTP/1.0"),
    "garbage": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "long": b"HTTP/1.1 200 OK\r\nX-Filler: " + b"x" * 2_000_000,
    "close": b"",
}


async def answered(call):
    """Reads the request and answers it; whether SSTP follows."""
    try:
        head = (await asyncio.wait_for(call.reader.readuntil(b"\r\n\r\n"), 60)).decode("latin-1")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError, ConnectionError, OSError) as error:
        call.say(f"no HTTP request: {type(error).__name__}")
        return False
    line, *fields = head.split("\r\n")
    named = {name.strip().lower(): value.strip() for name, _, value in (field.partition(":") for field in fields if field)}
    call.say(f"{line} (Host: {named.get('host')})")
    for wanted, fits in (("request line", re.fullmatch(r"SSTP_DUPLEX_POST (\S+) HTTP/1\.1", line) and line.split(" ")[1].split("?")[0] == URI),
                         ("Host", named.get("host")), ("Content-Length", named.get("content-length") == "18446744073709551615")):
        if not fits:
            call.say(f"not an SSTP client: {wanted}")
            call.write(_answer("400 Bad Request"))
            return False
    kind = call.settings["http"]
    if kind == "silent":
        call.say("says nothing")
        await asyncio.sleep(3600)
        return False
    if kind == "slow":
        for at in range(0, len(_OK), 60):
            call.say("says a piece")
            call.write(_OK[at:at + 60])
            await asyncio.sleep(15 if at + 60 < len(_OK) else 0)
        return True
    if kind not in ("ok", "http-1.0"):
        call.say(f"answers {kind}")
        call.write(_ANSWERS[kind])
        await asyncio.sleep(0.2 if kind == "close" else 2)  # HTTP keeps the connection for a while
        return False
    call.write(_ANSWERS.get(kind, _OK))
    return True

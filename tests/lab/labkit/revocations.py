#!/usr/bin/python3
"""The authority's web server, in the lab's router: OCSP by openssl, and a CRL.

revocations.py PKI ADDRESS PORT CONTROL
Each time it is asked it reads CONTROL: words of "ocsp" (answers POST /ocsp) and "crl" (serves /lab.crl); what is not
there is answered by 503. It appends a line for each request to CONTROL.log.
"""

import http.server
import socketserver
import subprocess
import sys
import tempfile
from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    pki = control = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._wanted("ocsp") or self.path != "/ocsp":
            self.send_error(503)
            return
        with tempfile.TemporaryDirectory() as folder:
            query, reply = Path(folder) / "query", Path(folder) / "reply"
            query.write_bytes(body)
            subprocess.run(["openssl", "ocsp", "-index", self.pki / "ca.index", "-CA", self.pki / "ca.crt", "-rsigner",
                            self.pki / "responder.crt", "-rkey", self.pki / "responder.key", "-reqin", query, "-respout", reply,
                            "-ndays", "1"], check=True, capture_output=True)
            self._send(reply.read_bytes(), "application/ocsp-response")

    def do_GET(self):
        if not self._wanted("crl") or self.path != "/lab.crl":
            self.send_error(503)
            return
        made = subprocess.run(["openssl", "ca", "-gencrl", "-config", self.pki / "ca.cnf", "-cert", self.pki / "ca.crt", "-keyfile",
                               self.pki / "ca.key", "-crldays", "1"], check=True, capture_output=True)
        self._send(made.stdout, "application/pkix-crl")

    def _wanted(self, word):
        with open(f"{self.control}.log", "a", encoding="ascii") as log:
            log.write(f"{word}\n")
        return word in self.control.read_text(encoding="ascii").split()

    def _send(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def server_bind(self):  # without the look-up of our own name that http.server makes
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]


if __name__ == "__main__":
    Handler.pki, Handler.control = Path(sys.argv[1]), Path(sys.argv[4])
    Server((sys.argv[2], int(sys.argv[3])), Handler).serve_forever()

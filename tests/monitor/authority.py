"""A time stamp authority on loopback: `openssl ts` behind a small web server, with certificates of its own."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Its address, and what it was sent. `spoil` changes the answers, `status` is what they come with."""

    folder: Path
    url: str = ""
    questions: list[tuple[str, bytes]] = field(default_factory=list)
    status: int = 200
    spoil: bool = False

    @property
    def certificates(self) -> Path:
        """The file with the root certificate."""
        return self.folder / "ca.pem"

    def answer(self, question: bytes) -> bytes:
        """The stamp of a question."""
        (self.folder / "question.tsq").write_bytes(question)
        _openssl(
            self.folder, "ts -reply -config ts.cnf -section authority -queryfile question.tsq -out answer.tsr"
        )
        answer = bytearray((self.folder / "answer.tsr").read_bytes())
        if self.spoil:
            answer[-10] ^= 1
        return bytes(answer)


def _openssl(folder: Path, arguments: str) -> None:
    subprocess.run(["openssl", *arguments.split()], cwd=folder, check=True, capture_output=True)


def _prepare(folder: Path) -> None:
    (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    for name in ("ca", "signer"):
        _openssl(
            folder,
            f"req -config ts.cnf -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}",
        )
    _openssl(
        folder,
        "x509 -req -in ca.csr -signkey ca.key -out ca.pem -days 30 -extfile ts.cnf -extensions ca",
    )
    _openssl(
        folder,
        "x509 -req -in signer.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out signer.pem -days 30"
        " -extfile ts.cnf -extensions signer",
    )


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """The authority at work, until the block ends."""
    _prepare(folder)
    made = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            made.questions.append((self.headers["content-type"], body))
            answer = made.answer(body)
            self.send_response(made.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

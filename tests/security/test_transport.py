"""TLS is always verified: who vouches, for which name, and until when."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from monitor import fetching
from monitor.fetching import Limits, Unreachable, get
from tests.monitor.hostile_server import hostile_server

LIMITS = Limits(max_bytes=100_000, seconds=10, user_agent="Tests", allow_private=True)
SECTION = """
[ca]
default_ca = here
[here]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectAltName = {name}
basicConstraints = CA:FALSE
[req]
distinguished_name = empty
x509_extensions = root
[empty]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def _key(file: Path) -> tuple[str, ...]:
    return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(file))


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A function that gives a certificate by an authority: (file with key, file of the authority)."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("authority")
    root, root_key, config = folder / "root.pem", folder / "root.key", folder / "ca.cnf"
    config.write_text(SECTION.format(folder=folder, name="IP:127.0.0.1"))
    (folder / "index.txt").write_text("")
    (folder / "index.txt.attr").write_text("unique_subject = no\n")
    (folder / "serial").write_text("1000\n")
    whole = ("-config", str(config))
    _openssl("req", "-x509", *_key(root_key), *whole, "-days", "2", "-subj", "/CN=root", "-out", str(root))

    def issue(label: str, name: str, begin: str, end: str) -> tuple[str, str]:
        config.write_text(SECTION.format(folder=folder, name=name))
        request, key, leaf = (folder / f"{label}.{ending}" for ending in ("csr", "key", "pem"))
        _openssl("req", "-new", *_key(key), *whole, "-subj", "/CN=leaf", "-out", str(request))
        given = ("-cert", str(root), "-keyfile", str(root_key), "-in", str(request), "-out", str(leaf))
        _openssl("ca", "-batch", "-notext", *whole, *given, "-startdate", begin, "-enddate", end)
        leaf.write_text(leaf.read_text() + key.read_text())
        return str(leaf), str(root)

    return issue


@pytest.fixture
def trusting(monkeypatch):
    """A function that has sessions trust an authority."""
    session = fetching._session

    def trust(root: str) -> None:
        def made(*args, **kwargs):
            opened = session(*args, **kwargs)
            opened.verify = root
            return opened

        monkeypatch.setattr(fetching, "_session", made)

    return trust


def _answer(connection, path):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage")


def test_a_certificate_of_a_trusted_authority_for_this_address_is_good(authority, trusting):
    """Without this one the refusals below would prove nothing."""
    leaf, root = authority("good", "IP:127.0.0.1", "20200101000000Z", "20991231235959Z")
    trusting(root)
    with hostile_server(_answer, leaf) as server:
        assert get(server.url, LIMITS).body == b"page"


@pytest.mark.parametrize(
    ("label", "name", "begin", "end"),
    [
        ("expired", "IP:127.0.0.1", "20200101000000Z", "20200201000000Z"),
        ("early", "IP:127.0.0.1", "20980101000000Z", "20991231235959Z"),
        ("elsewhere", "IP:127.0.0.2", "20200101000000Z", "20991231235959Z"),
        ("other-name", "DNS:site.example", "20200101000000Z", "20991231235959Z"),
    ],
)
def test_a_certificate_out_of_date_or_of_another_host_is_refused(
    label, name, begin, end, authority, trusting
):
    leaf, root = authority(label, name, begin, end)
    trusting(root)
    with hostile_server(_answer, leaf) as server, pytest.raises(Unreachable):
        get(server.url, LIMITS)
    assert server.requests == []


def test_a_certificate_of_an_unknown_authority_is_refused_whatever_the_environment_trusts(
    authority, monkeypatch
):
    leaf, root = authority("unknown", "IP:127.0.0.1", "20200101000000Z", "20991231235959Z")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", root)
    monkeypatch.setenv("CURL_CA_BUNDLE", root)
    with hostile_server(_answer, leaf) as server, pytest.raises(Unreachable):
        get(server.url, LIMITS)
    assert server.requests == []


def test_the_guarded_client_never_turns_verification_off():
    source = Path(fetching.__file__).read_text()
    assert "verify=False" not in source
    assert "CERT_NONE" not in source
    assert ".verify =" not in source

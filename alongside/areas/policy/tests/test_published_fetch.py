"""Looking at a website: a server on this machine in its place, and names that lead wherever the test says."""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from alongside.areas.policy.publishing import fetch
from alongside.areas.policy.publishing.rules import MOST_BYTES, Seen

FILE = b"%PDF-1.7 the approved policy"
PUBLIC = "93.184.216.34"
HOME = "https://trust.example/send.pdf"


class Website(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str, dict[str, str]]]] = []
    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    port: ClassVar[int] = 0
    there: ClassVar[Any] = None

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path, dict(self.headers)))
        if self.path == "/drip":
            self._drip()
            return
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def _drip(self) -> None:
        """A byte now and then, with no end said."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def website() -> Iterator[type[Website]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Website)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    Website.asked.clear()
    Website.pages = {"/send.pdf": (200, {}, FILE)}
    Website.port, Website.there = server.server_address[1], server
    yield Website
    server.shutdown()
    server.server_close()


class _Here(HTTPConnection):
    """Goes to the server of the test, whatever the number; keeps which numbers were asked for."""

    numbers: ClassVar[list[str]] = []

    def __init__(self, host: str, number: str, patience: float) -> None:
        super().__init__(host, 80, timeout=patience)
        self.numbers.append(number)

    def connect(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", Website.port), self.timeout)


def look(address: str = HOME, numbers: dict[str, list[str]] | None = None, **more: float) -> Seen:
    _Here.numbers.clear()
    known = {"trust.example": [PUBLIC], "files.example": [PUBLIC]} | (numbers or {})
    return fetch.look_at(address, resolve=lambda host: known[host], open_=_Here, **more)


def test_the_file_is_seen_and_a_changed_byte_is_noticed(website: type[Website]) -> None:
    seen = look()
    assert seen == Seen(hashlib.sha256(FILE).hexdigest(), len(FILE))
    website.pages["/send.pdf"] = (200, {}, FILE[:-1] + b"Y")
    assert look().sha256 not in ("", seen.sha256)
    assert _Here.numbers == [PUBLIC], "connected to the number that was checked"


def test_nothing_is_told_about_us(website: type[Website]) -> None:
    website.pages["/send.pdf"] = (302, {"Location": "/two", "Set-Cookie": "a=b"}, b"")
    website.pages["/two"] = (200, {}, FILE)
    look()
    for host, _, headers in website.asked:
        assert host == "trust.example"
        assert not {"cookie", "authorization", "referer"} & {name.lower() for name in headers}


@pytest.mark.parametrize(
    ("status", "gone"), [(404, True), (410, True), (403, False), (500, False), (503, False), (401, False)]
)
def test_nothing_there_is_not_the_same_as_no_answer(website: type[Website], status: int, gone: bool) -> None:
    website.pages["/send.pdf"] = (status, {}, b"")
    seen = look()
    assert seen.gone is gone and seen.sha256 == "" and str(status) in seen.wrong


def test_a_web_page_is_named(website: type[Website]) -> None:
    website.pages["/send.pdf"] = (200, {}, b"\n<!DOCTYPE html><title>Moved</title>")
    assert look().wrong == fetch.WEB_PAGE


def test_it_is_followed_three_times(website: type[Website]) -> None:
    for number in range(1, 6):
        website.pages[f"/{number}"] = (301, {"Location": f"/{number + 1}"}, b"")
    website.pages["/4"] = (200, {}, FILE)
    assert look("https://trust.example/1").size == len(FILE)
    website.pages["/4"], website.pages["/5"] = (301, {"Location": "/5"}, b""), (200, {}, FILE)
    assert look("https://trust.example/1").wrong == fetch.LEADS_ON_AND_ON
    website.pages["/1"] = (302, {}, b"")
    assert look("https://trust.example/1").wrong == fetch.LEADS_ON_AND_ON, "leads on to itself"


@pytest.mark.parametrize(
    "there",
    ["http://trust.example/two", "https://127.0.0.1/", "https://[::1]/", "https://u:p@files.example/", "file:///etc/passwd",
     "https://files.example:8443/", "//localhost/x", "https://169.254.169.254/latest", "gopher://files.example/"],
)  # fmt: skip
def test_a_way_that_leads_elsewhere_is_not_followed(website: type[Website], there: str) -> None:
    website.pages["/send.pdf"] = (302, {"Location": there}, b"")
    assert look().wrong == fetch.LEADS_ASTRAY
    assert len(website.asked) == 1


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1", "224.0.0.1"]
)
def test_a_name_that_leads_inside_is_not_followed(website: type[Website], number: str) -> None:
    assert look(numbers={"trust.example": [number]}).wrong == fetch.INSIDE
    assert look(numbers={"trust.example": [PUBLIC, number]}).wrong == fetch.INSIDE, "one of them is enough"
    assert website.asked == []
    website.pages["/send.pdf"] = (302, {"Location": "https://files.example/x"}, b"")
    assert look(numbers={"files.example": [number]}).wrong == fetch.INSIDE
    assert len(website.asked) == 1


def test_what_is_too_large_is_not_read(website: type[Website]) -> None:
    website.pages["/send.pdf"] = (200, {"Content-Length": str(MOST_BYTES + 1)}, b"x")
    seen = look()
    assert seen.too_large and seen.sha256 == ""


def test_what_says_no_length_is_read_up_to_the_limit(website: type[Website], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 10)
    website.pages["/send.pdf"] = (200, {"Transfer-Encoding": "x", "Content-Length": ""}, b"x" * 1000)
    assert look().too_large


def test_what_drips_is_ended(website: type[Website]) -> None:
    began = time.monotonic()
    assert look("https://trust.example/drip", deadline=0.4) == Seen(wrong=fetch.SLOW)
    assert time.monotonic() - began < 4


def test_what_is_silent_is_ended(website: type[Website], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Website, "do_GET", lambda _: time.sleep(2))
    assert look(patience=0.2) == Seen(wrong=fetch.SLOW)


def test_what_is_cut_short_or_compressed_is_not_compared(website: type[Website]) -> None:
    website.pages["/send.pdf"] = (200, {"Content-Length": "999"}, FILE)
    assert look().sha256 == ""
    website.pages["/send.pdf"] = (200, {"Content-Encoding": "gzip"}, FILE)
    assert look().wrong == fetch.COMPRESSED


def test_a_network_that_is_shut(website: type[Website]) -> None:
    def shut(_: str) -> list[str]:
        raise OSError

    assert fetch.look_at(HOME, resolve=shut, open_=_Here) == Seen(wrong=fetch.UNREACHED)
    assert fetch.look_at(HOME, resolve=lambda _: [], open_=_Here) == Seen(wrong=fetch.UNREACHED)
    website.port = 1
    assert look() == Seen(wrong=fetch.UNREACHED)


def test_an_unsound_address_is_never_asked(website: type[Website]) -> None:
    assert look("http://trust.example/").wrong == fetch.LEADS_ASTRAY
    assert website.asked == [] and _Here.numbers == []


def certified(monkeypatch: pytest.MonkeyPatch, folder: Path, website: type[Website], *, trusted: bool) -> None:
    """The website by https, with a certificate of trust.example that is trusted or not."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "trust.example")])
    since = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(since).not_valid_after(since + timedelta(days=40_000))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("trust.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "website.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(plain + made.public_bytes(Encoding.PEM))
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(pem)
    website.there.socket = theirs.wrap_socket(website.there.socket, server_side=True)
    ours = ssl.create_default_context(cafile=str(pem) if trusted else None)
    monkeypatch.setattr(ssl, "create_default_context", lambda: ours)
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda to, wait: real(("127.0.0.1", website.port), wait))


def test_the_certificate_has_to_be_of_the_name(
    website: type[Website], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified(monkeypatch, tmp_path, website, trusted=True)
    assert fetch.look_at(HOME, resolve=lambda _: [PUBLIC]).size == len(FILE)
    assert website.asked[0][0] == "trust.example"
    other = fetch.look_at("https://other.example/send.pdf", resolve=lambda _: [PUBLIC])
    assert other == Seen(wrong=fetch.UNREACHED)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    website: type[Website], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified(monkeypatch, tmp_path, website, trusted=False)
    assert fetch.look_at(HOME, resolve=lambda _: [PUBLIC]) == Seen(wrong=fetch.UNREACHED)
    assert website.asked == []

"""Looks at one public address: https, by name, pinned to the number that was checked, and never for long.

Whoever sets the address could otherwise have this server ask others inside the trust's network (SSRF). So the
name is resolved here, every number has to be public, and the connection goes to that very number; a website that
leads on is followed three times at most, and each step is checked like the first.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from alongside.areas.policy.publishing.rules import MOST_BYTES, Seen, check_address, is_public

REDIRECTS = 3
_PATIENCE = 10.0  # seconds for any one answer
_DEADLINE = 60.0  # seconds for one address, however it drips
_PIECE = 65_536
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_HEADERS = {
    "User-Agent": "Alongside, compares the published policy", "Accept": "*/*", "Accept-Encoding": "identity",
    "Connection": "close",
}  # fmt: skip

UNREACHED = "The website could not be reached."
SLOW = "The website took too long to answer."
INSIDE = "The address leads into a network that is not public. It was not followed."
LEADS_ASTRAY = "The address leads on to one that is no public https address. It was not followed."
LEADS_ON_AND_ON = f"The address leads on more than {REDIRECTS} times."
COMPRESSED = "The website sent the file in a form that cannot be compared."
CUT_SHORT = "The website sent only a part of the file."
TOO_LARGE = f"The file there is larger than {MOST_BYTES // 1_000_000} MB."
WEB_PAGE = "A web page stands there, not a file."

Resolve = Callable[[str], Sequence[str]]
Open = Callable[[str, str, float], HTTPConnection]  # host, number, seconds: not connected yet


class _Pinned(HTTPSConnection):
    """A connection to one number, whose certificate has to be of the name."""

    def __init__(self, host: str, number: str, patience: float) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(host, 443, timeout=patience, context=self._secure)
        self._number = number

    def connect(self) -> None:
        plain = socket.create_connection((self._number, 443), self.timeout)
        # Kept before the handshake, so that the deadline can end a handshake too.
        self.sock = self._secure.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def numbers_of(host: str) -> list[str]:
    """The numbers of a name, in the order in which the system prefers them."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Wrong(Exception):
    """Nothing can be said of the file; says why."""


def look_at(
    address: str, *, resolve: Resolve = numbers_of, open_: Open = _Pinned, patience: float = _PATIENCE,
    deadline: float = _DEADLINE,
) -> Seen:  # fmt: skip
    """What stands at an address. Never raises for what a website or a network may do."""
    try:
        for _ in range(REDIRECTS + 1):
            seen = _one(address, resolve, open_, patience, deadline)
            if isinstance(seen, Seen):
                return seen
            address = urljoin(address, seen)
            if check_address(address) is not None:
                return Seen(wrong=LEADS_ASTRAY)
    except _Wrong as why:
        return Seen(wrong=str(why))
    return Seen(wrong=LEADS_ON_AND_ON)


def _one(address: str, resolve: Resolve, open_: Open, patience: float, deadline: float) -> Seen | str:
    """One step: what was seen, or where it leads on to."""
    if check_address(address) is not None:
        raise _Wrong(LEADS_ASTRAY)
    parts = urlsplit(address)
    host = parts.hostname or ""
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
    late = threading.Event()
    connection = _connected(host, _public(host, resolve), open_, patience, deadline, late)
    plug = connection.sock  # the connection forgets it once the answer has begun
    watch = _watch(lambda: plug, deadline, late)
    try:
        connection.request("GET", target, headers=_HEADERS)
        with closing(connection.getresponse()) as answer:
            seen = _read(answer)
        if late.is_set():  # what was cut off looks as if it had ended
            raise _Wrong(SLOW)
        return seen
    except TimeoutError:
        raise _Wrong(SLOW) from None
    except (OSError, HTTPException, ValueError):
        raise _Wrong(SLOW if late.is_set() else UNREACHED) from None
    finally:
        watch.cancel()
        connection.close()


def _public(host: str, resolve: Resolve) -> list[str]:
    """The numbers of a host. One that is not public spoils them all."""
    try:
        numbers = list(resolve(host))
    except (OSError, UnicodeError):
        raise _Wrong(UNREACHED) from None
    if not all(is_public(number) for number in numbers):
        raise _Wrong(INSIDE)
    return numbers[:4]


def _connected(
    host: str, numbers: Sequence[str], open_: Open, patience: float, deadline: float, late: threading.Event
) -> HTTPConnection:
    """Connected to the first number that answers."""
    for number in numbers:
        connection = open_(host, number, patience)
        watch = _watch(_plug_of(connection), deadline, late)
        try:
            connection.connect()
        except (OSError, ValueError):  # an unsound certificate is an OSError too
            connection.close()
            if late.is_set():
                raise _Wrong(SLOW) from None
            continue
        finally:
            watch.cancel()
        return connection
    raise _Wrong(UNREACHED)


def _plug_of(connection: HTTPConnection) -> Callable[[], socket.socket | None]:
    return lambda: connection.sock


def _watch(plug_of: Callable[[], socket.socket | None], deadline: float, late: threading.Event) -> threading.Timer:
    """Ends a connection at its deadline. A timeout alone is for one piece: a website could drip for hours."""

    def cut() -> None:
        late.set()
        plug = plug_of()
        if plug is not None:
            with suppress(OSError):  # it had ended by itself
                socket.socket.shutdown(plug, socket.SHUT_RDWR)

    timer = threading.Timer(deadline, cut)
    timer.daemon = True
    timer.start()
    return timer


def _read(answer: HTTPResponse) -> Seen | str:
    if answer.status in _LEADS_ON:
        return answer.headers.get("Location") or ""
    if answer.status in _GONE:
        return Seen(gone=True, wrong=f"The website answered that there is nothing ({answer.status}).")
    if answer.status != 200:
        raise _Wrong(f"The website answered with {answer.status}.")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise _Wrong(COMPRESSED)
    promised = answer.length
    if promised is not None and promised > MOST_BYTES:
        return Seen(too_large=True, wrong=TOO_LARGE)
    made, size, head = hashlib.sha256(), 0, b""
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            return Seen(too_large=True, wrong=TOO_LARGE)
        made.update(piece)
        head = head or piece[:512]
    if promised is not None and size < promised:
        raise _Wrong(CUT_SHORT)
    page = head.lstrip().lower().startswith((b"<!doctype html", b"<html"))
    return Seen(sha256=made.hexdigest(), size=size, wrong=WEB_PAGE if page else "")

"""What may be kept as the approved file, which address may be looked at, and how publication stands. Pure."""

from __future__ import annotations

import ipaddress
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from urllib.parse import urlsplit, urlunsplit

from alongside.areas.policy.rules import State
from alongside.law.refusal import Refusal

MOST_BYTES = 20_000_000  # of a file that is kept or fetched
NIGHTS = 3  # without reaching the website, after which nobody knows any more what stands there
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", WORD: "docx"}
TYPE_WORDS = {PDF: "PDF", WORD: "Word document"}

# --- The approved file ------------------------------------------------------------------------------------------


def type_of(body: bytes) -> str:
    """What a file is by its content, whatever its name says; empty for anything but a PDF or a Word document."""
    if body.startswith(b"%PDF-"):
        return PDF
    if not body.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    return WORD if "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names) else ""


def check_file(body: bytes) -> Refusal | None:
    """A PDF or a Word document of a size that a website offers."""
    if not body:
        return Refusal("The file is empty.", "file")
    if len(body) > MOST_BYTES:
        return Refusal(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Make it smaller, then choose it.", "file"
        )
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return Refusal("The file is an old Word document. Save it as .docx or as a PDF.", "file")
    if not type_of(body):
        return Refusal("The file is neither a PDF nor a Word document without macros. Choose one of these.", "file")
    return None


def may_keep_file(*, state: State, standing: str, sha256: str, reason: str) -> Refusal | None:
    """The file is of an approved version. What is current is not replaced without a reason, nor by itself.

    `standing` is the hash of the file that counts now, empty where there is none.
    """
    if state is State.SUPERSEDED:
        return Refusal("This version has been superseded. Its file stays as it was.")
    if state not in (State.APPROVED, State.CURRENT):
        return Refusal("Record the board’s approval first. The file is the one that the board approved.")
    if standing == sha256:
        return Refusal("This very file is kept already.", "file")
    if standing and state is State.CURRENT and len(reason.split()) < 3:
        return Refusal(
            "Say why the file of the current version changes. The file before it stays in the list.", "reason"
        )
    return None


# --- The address ------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_LONGEST = 400


def check_address(address: str) -> Refusal | None:
    """An address of a public website: https, a host by its name, and nothing that signs in or leads elsewhere."""
    typed = address.strip()
    if not typed:
        return Refusal("Give the address of the file on the trust’s website.", "address")
    if len(typed) > _LONGEST or not typed.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", typed):
        return Refusal(
            "The address has a character that no address has, or is too long. Copy it from the browser.", "address"
        )
    try:
        parts, _ = urlsplit(typed), urlsplit(typed).port
    except ValueError:
        return Refusal("This is not an address. Copy it from the browser.", "address")
    if parts.scheme.lower() != "https":
        return Refusal("The address has to begin with https://.", "address")
    if "@" in parts.netloc:
        return Refusal("Leave out the user name. The file has to be open to everybody.", "address")
    if ":" in parts.netloc.rpartition("]")[2] and parts.port != 443:
        return Refusal("Leave out the number after the host. Only the usual port is looked at.", "address")
    return _check_host((parts.hostname or "").lower())


def _check_host(host: str) -> Refusal | None:
    """A name with a dot in it. A number, however it is written, is no name."""
    labels = host.split(".")
    if _is_number(host):
        return Refusal("Give the name of the website, not its number.", "address")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return Refusal("The host in the address is not the name of a website. Copy it from the browser.", "address")
    if not _TOP.fullmatch(labels[-1]):
        return Refusal("The host in the address is not the name of a website. Copy it from the browser.", "address")
    return None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(0x[0-9a-f]*|\d+)", host.rpartition(".")[2]))
    return True


def clean_address(address: str) -> str:
    """As it is kept: without what a browser keeps to itself after #."""
    parts = urlsplit(address.strip())
    return urlunsplit(("https", (parts.hostname or "").lower(), parts.path or "/", parts.query, ""))


def is_public(number: str) -> bool:
    """Whether a resolved address lies in the public network, also where another one is wrapped into it."""
    try:
        found = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped or found.sixtofour or found.teredo or found in _TRANSLATED:
            return False
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # leads on to any IPv4 address (RFC 6052)

# --- What a look finds ------------------------------------------------------------------------------------------


class Found(StrEnum):
    """What stood at the address on a day."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    UNKNOWN = "unknown"  # could not be reached or read: says nothing of the file


FOUND_WORDS = {
    Found.SAME: "The same file", Found.DIFFERS: "Another file", Found.MISSING: "No file",
    Found.UNKNOWN: "Could not be compared",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What was fetched: a hash and a size, or why there is none."""

    sha256: str = ""
    size: int = 0
    gone: bool = False  # the website says that there is nothing
    too_large: bool = False
    wrong: str = ""  # in plain words


def found_of(seen: Seen, *, sha256: str) -> Found:
    """What a look found, beside the hash of the approved file. A larger file than may be kept is another one."""
    if seen.gone:
        return Found.MISSING
    if seen.too_large:
        return Found.DIFFERS
    if not seen.sha256:
        return Found.UNKNOWN
    return Found.SAME if seen.sha256 == sha256 else Found.DIFFERS


def replaces(before: Found | None, now: Found) -> bool:
    """Whether a second look on one day is kept: what was seen is not undone by a website that did not answer."""
    return before in (None, Found.UNKNOWN) or now is not Found.UNKNOWN


# --- How publication stands -------------------------------------------------------------------------------------


class Stands(StrEnum):
    """How the published policy stands. Follows from files and looks; nobody types it."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    LOST = "lost"  # not reached for three nights
    NOT_YET = "not_yet"
    NO_ADDRESS = "no_address"
    NO_FILE = "no_file"
    NO_VERSION = "no_version"


STANDS_WORDS = {
    Stands.SAME: "The file on the trust’s website is the one that the board approved.",
    Stands.DIFFERS: "The file on the trust’s website is not the one that the board approved.",
    Stands.MISSING: "There is no file at its address on the trust’s website.",
    Stands.LOST: "The trust’s website could not be compared for three nights or more.",
    Stands.NOT_YET: "The file on the trust’s website has not been compared yet.",
    Stands.NO_ADDRESS: "Nobody has said yet where the trust’s website offers the policy.",
    Stands.NO_FILE: "The file that the board approved is not kept here yet.",
    Stands.NO_VERSION: "No version of the policy is current yet.",
}
# As in the catalogue (S16-01): equals: met; differs: at risk; missing: overdue. What nobody knows is not proved.
DUTY_STATES = {
    Stands.SAME: "met", Stands.DIFFERS: "at_risk", Stands.MISSING: "overdue", Stands.LOST: "at_risk",
    Stands.NOT_YET: "not_evidenced", Stands.NO_ADDRESS: "not_evidenced", Stands.NO_FILE: "not_evidenced",
    Stands.NO_VERSION: "not_evidenced",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at the address that counts now."""

    on: date
    found: Found
    sha256: str = ""


def stands(*, version: bool, file: str, address: bool, looks: Sequence[Looked], on: date) -> Stands:
    """How publication stands on a day. `file` is the hash of the approved file; each day has one look at most."""
    if not version:
        return Stands.NO_VERSION
    if not file:
        return Stands.NO_FILE
    if not address:
        return Stands.NO_ADDRESS
    known = max((look for look in looks if look.found is not Found.UNKNOWN), key=lambda look: look.on, default=None)
    if known is None:
        return Stands.LOST if len(looks) >= NIGHTS else Stands.NOT_YET
    if known.found is Found.MISSING:
        return Stands.MISSING
    if known.sha256 != file:
        return Stands.DIFFERS
    return Stands.LOST if (on - known.on).days >= NIGHTS else Stands.SAME

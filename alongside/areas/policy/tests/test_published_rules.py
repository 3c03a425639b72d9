"""What may be kept, which address may be looked at, and how publication stands: by tables."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest

from alongside.areas.policy.publishing import rules
from alongside.areas.policy.publishing.rules import Found, Looked, Seen, Stands
from alongside.areas.policy.rules import State

DAY = date(2026, 11, 10)


def word(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"%PDF-1.7 x", None), (word("word/document.xml"), None),
        (b"", "empty"), (b"\xd0\xcf\x11\xe0 old", "old Word"), (b"<html>%PDF-", "neither"), (b"GIF8", "neither"),
        (word("xl/workbook.xml"), "neither"), (word("word/document.xml", "word/vbaProject.bin"), "neither"),
        (b"PK\x03\x04 broken", "neither"), (b"%PDF-" + b"x" * rules.MOST_BYTES, "larger than 20 MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)  # fmt: skip
def test_a_file_is_what_its_content_is(body: bytes, says: str | None) -> None:
    refusal = rules.check_file(body)
    assert (refusal is None) if says is None else (refusal is not None and says in refusal.reason)


@pytest.mark.parametrize(
    ("state", "standing", "reason", "says"),
    [
        (State.DRAFT, "", "", "approval first"), (State.IN_REVIEW, "", "", "approval first"),
        (State.SUPERSEDED, "", "", "superseded"), (State.APPROVED, "", "", None), (State.CURRENT, "", "", None),
        (State.APPROVED, "a", "", None), (State.CURRENT, "a", "", "Say why"), (State.CURRENT, "a", "A typo", "Say why"),
        (State.CURRENT, "a", "A typo was mended.", None), (State.CURRENT, "b", "A typo was mended.", "kept already"),
    ],
)  # fmt: skip
def test_which_file_is_kept(state: State, standing: str, reason: str, says: str | None) -> None:
    refusal = rules.may_keep_file(state=state, standing=standing, sha256="b", reason=reason)
    assert (refusal is None) if says is None else (refusal is not None and says in refusal.reason)


@pytest.mark.parametrize(
    "address",
    ["https://www.trust.org.uk/send.pdf", "https://trust.example:443/a%20b.pdf?v=2#top", "HTTPS://Trust.Example/x",
     "https://xn--bcher-kva.example/x", " https://trust.example/send.pdf "],
)  # fmt: skip
def test_an_address_of_a_public_website(address: str) -> None:
    assert rules.check_address(address) is None


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "Give the address"), ("http://trust.example/x", "https://"), ("ftp://trust.example/x", "https://"),
        ("//trust.example/x", "https://"), ("javascript:alert(1)", "https://"), ("file:///etc/passwd", "https://"),
        ("https://", "not the name"), ("https://user:pw@trust.example/x", "user name"), ("https://@trust.example", "user"),
        ("https://trust.example:8443/x", "number after"), ("https://trust.example:x/", "not an address"),
        ("https://trust.example:99999/", "not an address"), ("https://trust.example:/x", "number after"),
        ("https://127.0.0.1/x", "not its number"), ("https://[::1]/x", "not its number"),
        ("https://[::1]:443/x", "not its number"), ("https://2130706433/x", "not its number"),
        ("https://0x7f000001/", "not its number"), ("https://127.1/", "not its number"),
        ("https://0177.0.0.1/", "not its number"), ("https://a.0x1/", "not its number"),
        ("https://localhost/x", "not the name"),
        ("https://trust.example./x", "not the name"), ("https://-a.example/x", "not the name"),
        ("https://a..b.example/", "not the name"),
        ("https://trust.example/a b", "character"), ("https://trust.example\\@evil.example/", "character"),
        ("https://trust.example/\r\nHost: x", "character"), ("https://trüst.example/", "character"),
        ("https://[::1/x", "not an address"),
        ("https://trust.example/" + "a" * 400, "too long"),
    ],
)  # fmt: skip
def test_an_address_that_is_refused(address: str, says: str) -> None:
    refusal = rules.check_address(address)
    assert refusal is not None and says in refusal.reason and refusal.field == "address"


def test_an_address_is_kept_without_its_ornaments() -> None:
    assert rules.clean_address(" https://Trust.Example:443/a?b=1#c ") == "https://trust.example/a?b=1"
    assert rules.clean_address("https://trust.example") == "https://trust.example/"


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.9.9", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("240.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("fec0::1", False), ("::ffff:10.0.0.1", False), ("::ffff:93.184.216.34", False), ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False), ("2001:db8::1", False), ("trust.example", False), ("", False),
    ],
)  # fmt: skip
def test_which_numbers_are_public(number: str, public: bool) -> None:
    assert rules.is_public(number) is public


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Seen("a", 9), Found.SAME), (Seen("b", 9), Found.DIFFERS), (Seen(too_large=True), Found.DIFFERS),
        (Seen(gone=True), Found.MISSING), (Seen(wrong="Down."), Found.UNKNOWN),
    ],
)  # fmt: skip
def test_what_a_look_finds(seen: Seen, found: Found) -> None:
    assert rules.found_of(seen, sha256="a") is found


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [(None, Found.UNKNOWN, True), (Found.UNKNOWN, Found.UNKNOWN, True), (Found.SAME, Found.UNKNOWN, False),
     (Found.MISSING, Found.UNKNOWN, False), (Found.MISSING, Found.SAME, True), (Found.SAME, Found.DIFFERS, True)],
)  # fmt: skip
def test_which_look_of_a_day_is_kept(before: Found | None, now: Found, kept: bool) -> None:
    assert rules.replaces(before, now) is kept


def look(ago: int, found: Found, sha256: str = "") -> Looked:
    return Looked(DAY - timedelta(days=ago), found, sha256)


# What was found so many days ago, and how publication stands. The approved file has the hash 'a'.
LOOKS: tuple[tuple[list[Looked], Stands], ...] = (
    ([], Stands.NOT_YET),
    ([look(0, Found.SAME, "a")], Stands.SAME),
    ([look(1, Found.SAME, "a")], Stands.SAME),
    ([look(0, Found.DIFFERS, "b")], Stands.DIFFERS),
    ([look(0, Found.DIFFERS)], Stands.DIFFERS),  # too large to be read
    ([look(0, Found.SAME, "b")], Stands.DIFFERS),  # the same as an earlier approved file
    ([look(0, Found.DIFFERS, "a")], Stands.SAME),  # the website was ahead of our file
    ([look(0, Found.MISSING)], Stands.MISSING),
    ([look(0, Found.SAME, "a"), look(1, Found.MISSING)], Stands.SAME),
    ([look(0, Found.UNKNOWN)], Stands.NOT_YET),
    ([look(0, Found.UNKNOWN), look(1, Found.UNKNOWN)], Stands.NOT_YET),
    ([look(n, Found.UNKNOWN) for n in range(3)], Stands.LOST),
    ([look(0, Found.UNKNOWN), look(1, Found.SAME, "a")], Stands.SAME),  # one failed night changes nothing
    ([look(0, Found.UNKNOWN), look(1, Found.UNKNOWN), look(2, Found.SAME, "a")], Stands.SAME),
    ([*(look(n, Found.UNKNOWN) for n in range(3)), look(3, Found.SAME, "a")], Stands.LOST),
    ([look(3, Found.SAME, "a")], Stands.LOST),  # nobody has looked since
    ([*(look(n, Found.UNKNOWN) for n in range(4)), look(4, Found.MISSING)], Stands.MISSING),
)


@pytest.mark.parametrize(("looks", "expected"), LOOKS)
def test_how_publication_stands(looks: list[Looked], expected: Stands) -> None:
    assert rules.stands(version=True, file="a", address=True, looks=looks, on=DAY) is expected


def test_what_has_to_be_there_first() -> None:
    asked = {"version": False, "file": "", "address": False, "looks": [], "on": DAY}
    for change, expected in (
        ({}, Stands.NO_VERSION),
        ({"version": True}, Stands.NO_FILE),
        ({"file": "a"}, Stands.NO_ADDRESS),
        ({"address": True}, Stands.NOT_YET),
    ):
        asked |= change
        assert rules.stands(**asked) is expected  # type: ignore[arg-type]
    assert set(rules.STANDS_WORDS) == set(rules.DUTY_STATES) == set(Stands)

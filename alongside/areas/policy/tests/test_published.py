"""What is published: verbs by facts, the night's look, and pages with the wrong person beside the right one."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from alongside.areas.policy import actions, jobs
from alongside.areas.policy.models import Version
from alongside.areas.policy.publishing import actions as publishing
from alongside.areas.policy.publishing import queries
from alongside.areas.policy.publishing.models import ApprovedFile, Look, Publication
from alongside.areas.policy.publishing.rules import DUTY_STATES, Found, Seen, Stands
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.tests.builders import DAY, a_new_version, as_issued, in_force, trust_people
from alongside.areas.policy.tests.test_published_rules import LOOKS, word
from alongside.base.history.models import Event
from alongside.kit import NotAllowed, NotFound, Refused
from tests.evidence import states
from tests.people import TODAY, World, words_of

PDF = b"%PDF-1.7 the approved policy"
HOME = "https://trust.example/send.pdf"
REASON = "A date on page 3 was mended."


@pytest.fixture
def trust(world: World) -> World:
    trust_people(world)
    return world


def kept(world: World, body: bytes = PDF, reason: str = "", version: Version | None = None) -> ApprovedFile:
    return publishing.keep_file(
        version=version or Version.objects.current().get(), name="SEND policy.pdf", body=body, reason=reason,
        by=world.actor("dina"), on=TODAY,
    )  # fmt: skip


def placed(world: World, address: str = HOME) -> Publication:
    return publishing.say_where(address=address, by=world.actor("dina"), on=TODAY)


def looked(world: World, seen: Seen, *, ago: int = 0, address: str = HOME) -> Look:
    file = queries.file_of(Version.objects.current().get())
    assert file is not None
    day = TODAY - timedelta(days=ago)
    return publishing.keep_look(address=address, file=file, seen=seen, by=world.actor("dina"), on=day)


def proved(world: World, on: Any = TODAY) -> dict[str, int]:
    return states("S16-01", None, [world.oakfield.pk, world.brookside.pk], on)


# --- Verbs --------------------------------------------------------------------------------------------------------


def test_the_file_is_of_an_approved_version_and_stays(trust: World) -> None:
    with pytest.raises(Refused, match="approval first"):
        kept(trust, version=as_issued())
    in_force(trust)
    first = kept(trust)
    assert (first.name, first.size, first.media_type) == ("SEND policy.pdf", len(PDF), "application/pdf")
    with pytest.raises(Refused, match="kept already"):
        kept(trust)
    with pytest.raises(Refused, match="Say why"):
        kept(trust, PDF + b"2")
    second = kept(trust, PDF + b"2", REASON)
    assert queries.file_of(second.version) == second and ApprovedFile.objects.count() == 2
    first.refresh_from_db()
    assert bytes(first.body) == PDF and first.kept_on == TODAY and first.reason == ""
    assert Event.objects.filter(kind="policy.filed").count() == 2
    telling.publish(version=a_new_version(trust), by=trust.actor("dina"), on=TODAY)
    with pytest.raises(Refused, match="superseded"):
        kept(trust, b"%PDF-3", REASON, version=first.version)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("../../etc/passwd", "passwd"), ("C:\\me\\a.pdf", "a.pdf"), ("a\x00\u202eb.pdf", "ab.pdf"),
     ("", "file"), ("x" * 300, "x" * 120)],
)  # fmt: skip
def test_the_name_of_a_file_is_only_a_name(trust: World, name: str, expected: str) -> None:
    version = in_force(trust)
    made = publishing.keep_file(version=version, name=name, body=PDF, reason="", by=trust.actor("dina"), on=TODAY)
    assert made.name == expected


@pytest.mark.parametrize("name", ["dev", "tom", "hari", "sys", "ben"])
def test_nobody_else_keeps_it(trust: World, name: str) -> None:
    version, by = in_force(trust), trust.actor(name)
    file = kept(trust)
    placed(trust)
    for act in (
        lambda: publishing.keep_file(version=version, name="a", body=b"%PDF-9", reason=REASON, by=by, on=TODAY),
        lambda: publishing.say_where(address=HOME, by=by, on=TODAY),
        lambda: publishing.switch_web(web_on=True, by=by, on=TODAY),
        lambda: publishing.ask_to_look(by=by, on=TODAY),
        lambda: publishing.keep_look(address=HOME, file=file, seen=Seen(gone=True), by=by, on=TODAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_there_is_one_publication_and_its_address_is_a_websites(trust: World) -> None:
    with pytest.raises(Refused, match="https://"):
        placed(trust, "http://trust.example/send.pdf")
    placed(trust)
    assert placed(trust, "https://trust.example/two.pdf#top").address == "https://trust.example/two.pdf"
    assert Publication.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(only=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(only=False)


def test_a_look_of_a_day_is_not_undone_by_silence(trust: World) -> None:
    in_force(trust)
    file = kept(trust)
    placed(trust)
    looked(trust, Seen(file.sha256, file.size))
    looked(trust, Seen(wrong="Down."))
    assert Look.objects.get().found == Found.SAME
    looked(trust, Seen("b" * 64, 9))
    assert Look.objects.get().found == Found.DIFFERS
    looked(trust, Seen(wrong="Down."), address="https://trust.example/two.pdf")
    assert Look.objects.get().found == Found.UNKNOWN, "another address says nothing of this one"


def test_the_history_tells_what_changed_and_not_each_night(trust: World) -> None:
    in_force(trust)
    file = kept(trust)
    placed(trust)
    for ago in (3, 2, 1):
        looked(trust, Seen(file.sha256, file.size), ago=ago)
    assert Event.objects.filter(kind="policy.found").count() == 1
    looked(trust, Seen(gone=True))
    assert Event.objects.filter(kind="policy.found").count() == 2


def test_the_web_version_waits_for_a_current_policy(trust: World) -> None:
    with pytest.raises(Refused, match="current yet"):
        publishing.switch_web(web_on=True, by=trust.actor("dina"), on=TODAY)
    in_force(trust)
    with pytest.raises(NotFound):
        queries.web_version(on=TODAY)
    publishing.switch_web(web_on=True, by=trust.actor("dina"), on=TODAY)
    assert queries.web_version(on=TODAY).version.reference == "TB15"
    publishing.switch_web(web_on=False, by=trust.actor("dina"), on=TODAY)
    with pytest.raises(NotFound):
        queries.web_version(on=TODAY)


# --- The night ----------------------------------------------------------------------------------------------------


def test_the_night_looks_where_there_is_something_to_compare(trust: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def website(address: str) -> Seen:
        asked.append(address)
        return Seen(file.sha256, file.size)

    monkeypatch.setattr(jobs, "look_at", website)
    monkeypatch.setenv("ALONGSIDE_TODAY", TODAY.isoformat())
    jobs.look()
    in_force(trust)
    file = kept(trust)
    jobs.look()
    assert asked == [] and not Look.objects.exists()
    placed(trust)
    jobs.look()
    assert asked == [HOME]
    made = Look.objects.get()
    assert (made.looked_on, made.found, made.address, made.sha256) == (TODAY, Found.SAME, HOME, file.sha256)


# --- What it proves ------------------------------------------------------------------------------------------------


def test_s16_01(trust: World) -> None:
    assert proved(trust) == {"not_evidenced": 1}, "no version is current"
    in_force(trust)
    assert proved(trust) == {"not_evidenced": 1}, "no file"
    file = kept(trust)
    assert proved(trust) == {"not_evidenced": 1}, "no address"
    placed(trust)
    assert proved(trust) == {"not_evidenced": 1}, "no look"
    looked(trust, Seen(file.sha256, file.size))
    assert proved(trust) == {"met": 1}
    assert proved(trust, TODAY + 2 * DAY) == {"met": 1} and proved(trust, TODAY + 3 * DAY) == {"at_risk": 1}
    assert proved(trust, TODAY - DAY) == {"not_evidenced": 1}, "on an earlier day nobody knew"
    looked(trust, Seen("b" * 64, 9))
    assert proved(trust) == {"at_risk": 1}
    looked(trust, Seen(gone=True))
    assert proved(trust) == {"overdue": 1}
    looked(trust, Seen(file.sha256, file.size))
    placed(trust, "https://trust.example/two.pdf")
    assert proved(trust) == {"not_evidenced": 1}, "nobody has looked at the new address"


def test_a_new_version_makes_what_is_published_another_one(trust: World) -> None:
    in_force(trust)
    file = kept(trust)
    placed(trust)
    looked(trust, Seen(file.sha256, file.size))
    version = a_new_version(trust)
    kept(trust, PDF + b" of this year", version=version)
    assert proved(trust) == {"met": 1}, "it is approved, and not yet current"
    telling.publish(version=version, by=trust.actor("dina"), on=TODAY)
    assert proved(trust) == {"at_risk": 1}


@pytest.mark.parametrize(("looks", "expected"), LOOKS)
def test_the_proof_and_the_page_say_the_same(trust: World, looks: list[Any], expected: Stands) -> None:
    in_force(trust)
    file = kept(trust)
    placed(trust)
    for look in looks:
        ago = (looks[0].on - look.on).days + (3 if len(looks) == 1 and expected is Stands.LOST else 0)
        sha256 = file.sha256 if look.sha256 == "a" else look.sha256
        Look.objects.create(
            looked_on=TODAY - timedelta(days=ago), address=HOME, file=file, found=look.found, sha256=sha256
        )
    assert queries.published(on=TODAY).stands is expected
    assert proved(trust) == {DUTY_STATES[expected]: 1}


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_the_director_keeps_the_register_and_others_read_one_line(trust: World, as_: Any) -> None:
    version, browser = in_force(trust), as_(trust.dina)
    at = f"/policy/versions/{version.pk}/file/"
    sent = {"file": SimpleUploadedFile("SEND policy.pdf", PDF), "reason": ""}
    assert browser.post(at, sent)["Location"] == "/policy/published/"
    assert "has to begin with https" in words_of(
        browser.post("/policy/published/address/", {"address": "http://a.example/"})
    )
    browser.post("/policy/published/address/", {"address": HOME})
    looked(trust, Seen(wrong="The website could not be reached."))
    words = words_of(browser.get("/policy/published/"))
    assert HOME in words and "SEND policy.pdf" in words and "could not be reached" in words and "It is off" in words
    home = words_of(as_(trust.ben).get("/policy/"))
    assert "has not been compared yet" in home and HOME not in home and "The register" not in home
    assert "The register" in words_of(browser.get("/policy/"))
    file = ApprovedFile.objects.get()
    answer = browser.get(f"/policy/published/files/{file.pk}/")
    assert (
        answer.content == PDF
        and answer["Content-Disposition"].startswith("attachment")
        and "SEND" not in str(answer.headers)
    )
    assert browser.get("/policy/published/files/987654321/").status_code == 404
    for stranger in (trust.dev, trust.tom, trust.hari, trust.ben):
        other = as_(stranger)
        assert other.get("/policy/published/").status_code == other.get(at).status_code == 404
        assert other.get(f"/policy/published/files/{file.pk}/").status_code == 404
        assert other.post("/policy/published/web/", {"on": "yes"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [("a.pdf", b"<script>alert(1)</script>", "neither a PDF"), ("a.exe", b"MZ\x90", "neither a PDF"), ("a.pdf", b"", "empty"),
     ("a.docx", word("xl/workbook.xml"), "neither a PDF"), ("a.doc", b"\xd0\xcf\x11\xe0", "old Word")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_beside_its_field(
    trust: World, as_: Any, name: str, body: bytes, says: str
) -> None:
    at = f"/policy/versions/{in_force(trust).pk}/file/"
    assert says in words_of(as_(trust.dina).post(at, {"file": SimpleUploadedFile(name, body)}))
    assert not ApprovedFile.objects.exists()


def test_comparing_now_is_asked_of_the_background(trust: World, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(publishing, "enqueue", asked.append)
    in_force(trust)
    browser = as_(trust.dina)
    assert browser.post("/policy/published/look/").status_code == 409
    kept(trust)
    placed(trust)
    assert browser.post("/policy/published/look/")["Location"] == "/policy/published/"
    assert asked == ["policy.look"]


def test_the_world_reads_the_web_version_once_it_is_on(trust: World, as_: Any) -> None:
    in_force(trust)
    kept(trust)
    world = Client()
    assert world.get("/policy/public/").status_code == world.get("/policy/public/file/").status_code == 404
    as_(trust.dina).post("/policy/published/web/", {"on": "yes"})
    answer = world.get("/policy/public/")
    words, html = words_of(answer), answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies and "<script" not in html and "<form" not in html
    for part in ("TB15", "September 2024/25", "Trust Board", "minute 7.2", "Contents", "Download the approved file"):
        assert part in words
    for person in (*trust.people.values(), trust.oakfield.name):
        name = str(getattr(person, "name", person))
        assert name not in words
    assert world.get("/policy/public/file/").content == PDF
    assert world.post("/policy/public/").status_code == 405
    as_(trust.dina).post("/policy/published/web/", {"on": "no"})
    assert world.get("/policy/public/").status_code == world.get("/policy/public/file/").status_code == 404


def test_its_headings_stand_in_order_and_its_contents_lead_to_them(trust: World) -> None:
    in_force(trust)
    publishing.switch_web(web_on=True, by=trust.actor("dina"), on=TODAY)
    html = Client().get("/policy/public/").content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    leads, there = re.findall(r'href="#([^"]+)"', html), re.findall(r'\bid="([^"]+)"', html)
    assert set(leads) <= set(there) and len(there) == len(set(there))
    assert len([lead for lead in leads if lead.startswith("section-")]) == as_issued().sections.count()


def test_a_version_that_waits_has_its_file_on_its_own_page(trust: World, as_: Any) -> None:
    version = as_issued()
    draft = actions.ApprovalDraft("Trust Board", TODAY, "7.2")
    actions.approve(version=version, draft=draft, by=trust.actor("dina"), on=TODAY)
    sent = {"file": SimpleUploadedFile("a.pdf", PDF), "reason": ""}
    at = f"/policy/versions/{version.pk}/"
    assert as_(trust.dina).post(f"{at}file/", sent)["Location"] == at
    assert "a.pdf, kept on" in words_of(as_(trust.dina).get(at)) and "a.pdf" not in words_of(as_(trust.ben).get(at))

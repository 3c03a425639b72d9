"""The calendar: valid by another reader, of one's own dates alone, without a child in it, behind an address that ends."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.clocks.tests.builders import a_row
from alongside.areas.morning.actions import make_feed, read_feed, revoke_feed
from alongside.areas.morning.calendar import as_calendar
from alongside.areas.morning.models import Feed
from alongside.areas.morning.queries import Event
from alongside.areas.morning.rules import MOST_READS
from alongside.areas.morning.tests.reader import Part, read
from alongside.base.access.models import Post
from alongside.base.deadlines.models import Deadline
from alongside.kit import NotAllowed, NotFound
from tests.people import TODAY, World, a_parent, a_person, a_post, a_pupil, words_of

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def the_feed(world: World, name: str = "amara") -> str:
    return make_feed(by=world.actor(name), on=TODAY)


def what_is_read(secret: str, on: date = TODAY, at: datetime = AT) -> Part:
    return read(read_feed(secret=secret, address="https://send.example.org", at=at, on=on).body)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


@given(WORDS, WORDS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_whatever_stands_in_it_another_reader_reads(head: str, says: str, day: date) -> None:
    event = Event("a1b2@alongside", day, head, says, "/today/rows/1/")
    calendar = read(as_calendar([event, event], at=AT, address="https://send.example.org"))
    assert calendar.lines["VERSION"][1] == "2.0" and calendar.lines["PRODID"][1]
    first = calendar.parts[0]
    assert (first.name, len(calendar.parts)) == ("VEVENT", 2)
    assert (first.text("SUMMARY"), first.text("DESCRIPTION")) == (head, says)
    assert first.lines["DTSTART"] == (";VALUE=DATE", f"{day:%Y%m%d}")
    assert first.lines["DTEND"][1] == f"{day + timedelta(1):%Y%m%d}"
    assert first.lines["DTSTAMP"][1] == "20261123T073000Z"
    assert first.lines["URL"][1] == "https://send.example.org/today/rows/1/"


def test_an_empty_calendar_is_one() -> None:
    assert read(as_calendar([], at=AT, address="https://send.example.org")).parts == []


def test_ones_own_dates_and_nobody_elses(world: World) -> None:
    kuba, ola = a_pupil(world.oakfield), a_pupil(world.oakfield, "Ola")
    a_parent(world.amara, ola)
    a_row(world.oakfield, "legal", 5, pupil=kuba)
    a_row(world.oakfield, "family", 6, pupil=kuba, owner="teacher", person=world.ben.pk)
    a_row(world.oakfield, "rest", 7, pupil=ola)
    a_row(world.brookside, "rest", 8)
    amara, ben, chloe = (what_is_read(the_feed(world, name)) for name in ("amara", "ben", "chloe"))
    assert [part.text("SUMMARY") for part in amara.parts] == ["Annual review decided, legal date"]
    assert [part.text("SUMMARY") for part in ben.parts] == ["Answer to whoever raised the concern, promise to a family"]
    assert [part.text("SUMMARY") for part in chloe.parts] == ["Concern triaged"]


def test_no_child_is_in_it(world: World) -> None:
    kuba = a_pupil(world.oakfield, "Zbigniew", "Kowalczyk")
    a_row(world.oakfield, "legal", 5, pupil=kuba)
    body = read_feed(secret=the_feed(world), address="https://x.example", at=AT, on=TODAY).body.decode()
    row = Deadline.objects.get()
    for detail in ("Zbigniew", "Kowalczyk", kuba.upn, "4W", "/pupils/", "a talk", "because of its day"):
        assert detail not in body
    assert re.findall(r"https://x.example(\S+)", body) == [f"/today/rows/{row.pk}/"]


def test_an_event_keeps_its_number_when_its_date_moves_and_the_address_is_renewed(world: World) -> None:
    row = a_row(world.oakfield, "legal", 5)
    first = what_is_read(the_feed(world)).parts[0]
    row.due += timedelta(4)
    row.save()
    second = what_is_read(the_feed(world), at=AT + timedelta(hours=1)).parts[0]
    assert first.lines["UID"] == second.lines["UID"] and first.lines["DTSTART"] != second.lines["DTSTART"]
    a_row(world.oakfield, "legal", 5)
    assert len({part.lines["UID"] for part in what_is_read(the_feed(world)).parts}) == 2


def test_the_address_is_kept_as_a_digest_and_each_reading_noted(world: World) -> None:
    secret = the_feed(world)
    feed = Feed.objects.get()
    assert secret not in str(vars(feed)) and len(secret) >= 43
    what_is_read(secret)
    what_is_read(secret)
    feed.refresh_from_db()
    assert (feed.reads, feed.last_read_at) == (2, AT)


@pytest.mark.parametrize("how", ["revoked", "renewed", "expired", "left", "closed", "a guess", "nothing", "long"])
def test_an_address_that_has_ended_reads_like_one_that_never_was(world: World, how: str) -> None:
    secret, on = the_feed(world), TODAY
    assert what_is_read(secret).name == "VCALENDAR"
    if how == "revoked":
        revoke_feed(by=world.actor("amara"), on=TODAY)
    elif how == "renewed":
        the_feed(world)
    elif how == "expired":
        on = TODAY + timedelta(366)
    elif how == "left":
        Post.objects.filter(person=world.amara).update(until=TODAY - timedelta(1))
    elif how == "closed":
        type(world.amara.account).objects.filter(person=world.amara).update(is_active=False)
    else:
        secret = {"a guess": "A" * 43, "nothing": "", "long": "x" * 5_000}[how]
    with pytest.raises(NotFound):
        read_feed(secret=secret, address="https://x.example", at=AT, on=on)


def test_it_follows_the_posts_of_the_day(world: World) -> None:
    a_row(world.oakfield, "rest", 3)
    secret = the_feed(world, "ben")
    assert what_is_read(secret).parts == []
    a_post(world.ben, "cover_senco", world.oakfield, until=TODAY + timedelta(2))
    assert len(what_is_read(secret).parts) == 1
    assert what_is_read(secret, on=TODAY + timedelta(3)).parts == []


def test_too_many_readings_are_asked_to_wait(world: World) -> None:
    secret, client = the_feed(world), Client()
    answers = [client.get(f"/calendar/{secret}.ics").status_code for _ in range(MOST_READS + 2)]
    assert answers == [200] * MOST_READS + [429] * 2
    late = client.get(f"/calendar/{secret}.ics")
    assert late["Retry-After"] == "3600" and b"BEGIN" not in late.content
    other = the_feed(world, "chloe")
    assert client.get(f"/calendar/{other}.ics").status_code == 200


def test_over_the_wire_it_is_kept_by_nobody_and_only_read(world: World) -> None:
    secret, client = the_feed(world), Client()
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store, private" and answer["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies and read(answer.content).name == "VCALENDAR"
    assert client.post(f"/calendar/{secret}.ics").status_code == 405
    for wrong in ("x", "%00", "..", "a" * 3_000, "ö"):
        assert client.get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_page_shows_an_address_once(world: World, as_: Any) -> None:
    browser = as_(world.ben)
    assert "Make an address" in words_of(browser.get("/calendar/"))
    made = browser.post("/calendar/make/").content.decode()
    [address] = re.findall(r'value="(http://testserver/calendar/[\w-]{43}\.ics)"', made)
    assert address not in browser.get("/calendar/").content.decode()
    assert Client().get(address).status_code == 200
    assert "It was last read on" in words_of(browser.get("/calendar/"))
    browser.post("/calendar/end/")
    assert Client().get(address).status_code == 404
    browser.post("/calendar/end/")  # a second press ends nothing more


@pytest.mark.parametrize("name", ["tess", "dana", "dev", "sys", "ewa", "femi"])
def test_who_owns_no_dates_has_no_calendar(world: World, as_: Any, name: str) -> None:
    assert as_(world.people[name]).get("/calendar/").status_code == 404
    with pytest.raises(NotAllowed):
        make_feed(by=world.actor(name), on=TODAY)


def test_a_date_opens_its_record_behind_the_sign_in(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    row = a_row(world.oakfield, "rest", 3, pupil=kuba, owner="teacher", person=world.ben.pk)
    address = f"/today/rows/{row.pk}/"
    assert as_(world.ben).get(address)["Location"] == as_(world.amara).get(address)["Location"] == f"/pupils/{kuba.pk}/"
    assert "/accounts/login/" in Client().get(address)["Location"]
    cara = a_person("Cara")
    a_post(cara, "teacher", world.oakfield)
    for stranger in (world.chloe, world.cal, cara):
        assert as_(stranger).get(address).status_code == 404

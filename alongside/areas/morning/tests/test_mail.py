"""The morning mail: one a person a day, in counts, to whoever is there; and how it is ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client

from alongside.areas.clocks.actions import put_off, warn
from alongside.areas.clocks.tests.builders import a_row
from alongside.areas.cover.actions import Draft, hand_over
from alongside.areas.cover.rules import Span
from alongside.areas.morning.actions import choose_mail
from alongside.areas.morning.jobs import mail_all
from alongside.areas.morning.models import MailChoice, MailSent
from alongside.base.access.scope import all_schools, scope
from alongside.base.history.models import Event
from alongside.base.people.models import Account
from alongside.base.pupils.models import Pupil
from tests.people import TODAY, World, a_parent, a_person, a_post, a_pupil, words_of

SATURDAY = date(2026, 11, 28)


def mails(monkeypatch: pytest.MonkeyPatch | None = None, on: date | None = None) -> dict[str, Any]:
    """What the job sends on a day, by the given name of whoever gets it."""
    if monkeypatch and on:
        monkeypatch.setenv("ALONGSIDE_TODAY", on.isoformat())
    mail.outbox.clear()
    mail_all()
    to = dict(Account.objects.values_list("email", "person__given"))
    found = {to[message.to[0]]: message for message in mail.outbox}
    assert len(found) == len(mail.outbox), "one mail a person"
    return found


def test_it_says_how_many_and_leads_to_today(world: World) -> None:
    for band, days in (("legal", -1), ("legal", 3), ("family", 0), ("rest", -4), ("rest", 7), ("rest", 8)):
        a_row(world.oakfield, band, days)
    sent = mails()
    assert set(sent) == {"Amara", "Hari"}
    message = sent["Amara"]
    assert message.subject == "Today, 23 November: 2 late, 3 due"
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        for words in ("Legal dates: 1 late, 1 in the next 7 days", "Promises to families: 1 today", "/today/"):
            assert words in body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_once_a_day_and_not_when_there_is_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mails() == {}
    a_row(world.oakfield, "rest", 1)
    assert set(mails()) == {"Amara", "Hari"}
    assert mails() == {}
    assert set(mails(monkeypatch, TODAY + timedelta(1))) == {"Amara", "Hari"}
    assert MailSent.objects.filter(kind="morning").count() == 0, "nobody reads another's row"


def test_not_when_school_is_closed_but_for_a_legal_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_row(world.oakfield, "rest", 1)
    assert mails(monkeypatch, SATURDAY) == {}
    a_row(world.oakfield, "legal", 2, on=SATURDAY)
    warn(school=world.oakfield, on=SATURDAY)
    sent = mails(monkeypatch, SATURDAY)
    assert set(sent) == {"Amara", "Hari"}
    assert sent["Hari"].subject == "A legal date needs you today"
    assert "List-Unsubscribe" not in sent["Hari"].extra_headers
    assert mails(monkeypatch, SATURDAY) == {}


def test_a_promise_that_was_warned_of_brings_no_mail_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_row(world.oakfield, "family", 1, on=SATURDAY)
    assert warn(school=world.oakfield, on=SATURDAY) > 0
    assert mails(monkeypatch, SATURDAY) == {}


def test_the_director_is_mailed_of_a_missed_legal_date_alone(world: World) -> None:
    dina = a_person("Dina")
    a_post(dina, "director", None)
    a_row(world.oakfield, "rest", -1)
    assert "Dina" not in mails()
    a_row(world.oakfield, "legal", -1)
    warn(school=world.oakfield, on=TODAY)
    message = mails()["Dina"]
    assert message.subject == "A legal date needs you today" and "/notices/" in message.body


def test_what_waits_and_ones_own_child_are_not_counted(world: World) -> None:
    ola = a_pupil(world.oakfield, "Ola")
    a_parent(world.amara, ola)
    a_row(world.oakfield, "rest", 1, pupil=ola)
    row = a_row(world.oakfield, "rest", 1)
    put_off(row=row, until=TODAY + timedelta(3), why="After the test", by=world.actor("hari"), on=TODAY)
    sent = mails()
    assert set(sent) == {"Hari"} and "1 due" in sent["Hari"].subject


def test_it_goes_to_who_covers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_row(world.oakfield, "rest", -1)
    draft = Draft(world.ben.pk, Span(TODAY + timedelta(1), TODAY + timedelta(2)), "A course")
    hand_over(school=world.oakfield, draft=draft, by=world.actor("amara"), on=TODAY)
    days = [set(mails(monkeypatch, TODAY + timedelta(day))) for day in range(4)]
    assert days == [{"Amara", "Hari"}, {"Ben", "Hari"}, {"Ben", "Hari"}, {"Amara", "Hari"}]


def test_turned_off_and_on_by_the_page(world: World, as_: Any) -> None:
    a_row(world.oakfield, "rest", -1)
    browser = as_(world.amara)
    assert "You get it on school days" in words_of(browser.get("/mail/"))
    browser.post("/mail/", {"wants": "no"})
    assert "You get no morning mail" in words_of(browser.get("/mail/"))
    assert set(mails()) == {"Hari"}
    browser.post("/mail/", {"wants": "yes"})
    assert set(mails()) == {"Amara"}
    assert [event.facts["state"] for event in Event.objects.filter(kind="morning.set").order_by("pk")] == ["off", "on"]


def test_turned_off_from_the_mail_without_signing_in(world: World) -> None:
    a_row(world.oakfield, "rest", -1)
    message = mails()["Amara"]
    [link] = re.findall(r"<http://[^/]+(/mail/stop/[\w-]{43}/)>", message.extra_headers["List-Unsubscribe"])
    program = Client(enforce_csrf_checks=True)
    assert b"No more morning mail" in program.get(link).content
    assert MailChoice.objects.get(person=world.amara).wants, "mail programs look ahead: a look ends nothing"
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not MailChoice.objects.get(person=world.amara).wants and MailChoice.objects.get(person=world.hari).wants
    assert program.post(link).status_code == 200
    for wrong in ("x", "a" * 43, "a" * 3_000):
        assert program.post(f"/mail/stop/{wrong}/").status_code == 404


def test_who_turned_it_off_still_hears_of_the_law(world: World) -> None:
    choose_mail(wants=False, by=world.actor("amara"), on=TODAY)
    a_row(world.oakfield, "legal", 3)
    warn(school=world.oakfield, on=TODAY)
    assert mails()["Amara"].subject == "A legal date needs you today"


def test_a_mail_server_that_is_away_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_row(world.oakfield, "rest", -1)
    sends = EmailBackend.send_messages

    def away(*_: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    assert mails() == {}
    monkeypatch.setattr(EmailBackend, "send_messages", sends)
    assert set(mails()) == {"Amara", "Hari"}


def test_a_closed_account_and_a_post_that_ended_get_nothing(world: World) -> None:
    a_row(world.oakfield, "rest", -1)
    Account.objects.filter(person=world.amara).update(is_active=False)
    world.hari.posts.update(until=TODAY - timedelta(1))
    assert mails() == {}


# --- No child is in any mail -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trust(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Any]]:
    """A small invented trust, with the mails of its morning after a night of warnings; gone afterwards."""
    from django.db import transaction

    from alongside.areas.clocks.jobs import warn_all

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("demo", schools=3, pupils=240, verbosity=0)
        warn_all()
        mail.outbox = []
        mail_all()
        with scope(all_schools()):
            yield list(mail.outbox)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


_OURS = re.compile(r"https?://[^/\s\"<>]+(/[^\s\"<>]*)")


def test_no_mail_of_a_whole_trust_names_a_child_or_its_number(trust: list[Any]) -> None:
    assert len(trust) > 5, "there was a morning to speak of"
    pupils = list(Pupil.objects.values_list("given_name", "family_name", "liked_name", "upn", "class_name"))
    words = {word for pupil in pupils for word in pupil if word and len(word) > 1}
    assert len(words) > 200
    for message in trust:
        html = message.alternatives[0][0]
        text = " ".join((message.subject, message.body, html, str(message.extra_headers)))
        places = set(_OURS.findall(text))
        assert {re.sub(r"/stop/[\w-]{43}/", "/stop/", place) for place in places} <= {
            "/today/", "/notices/", "/mail/", "/mail/stop/",
        }  # fmt: skip
        said = set(re.findall(r"[\w’'-]+", _OURS.sub(" ", text)))
        assert said & words == set(), said & words
        numbers = re.findall(r"\d+", _OURS.sub(" ", message.subject + message.body))
        assert all(int(number) < 1_000 for number in numbers), "counts and a day, no key"

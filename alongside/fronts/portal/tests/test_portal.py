"""Families' pages and their way in: the right parent, the wrong one, and what is left behind."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.areas.classroom.models import QuickNote
from alongside.areas.classroom.tests.builders import a_brief
from alongside.areas.concerns.models import Concern
from alongside.areas.provision.tests.builders import a_line, a_type, log
from alongside.areas.support.actions import reply
from alongside.areas.support.models import FamilyAnswer
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.access.models import Tie
from alongside.base.access.scope import scope
from alongside.base.history.actions import viewed
from alongside.base.history.models import Event, Viewing
from alongside.base.people.models import Account, Person
from alongside.base.pupils.models import Contact, Pupil
from alongside.fronts.portal import actions, queries, rules
from alongside.fronts.portal.jobs import mail_link
from alongside.fronts.portal.models import Key
from alongside.kit import NotAllowed, NotFound, Refused
from alongside.kit.reading import reading_age
from alongside.kit.time import now
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_pupil, words_of

WEEKS = timedelta(weeks=6)
CHILD_STATEMENTS = 3
PLAN_STATEMENTS = 8


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    a_parent(world.ewa, pupil)
    return pupil


# --- The child -------------------------------------------------------------------------------------------


def test_one_child_opens_at_once_and_several_are_doors(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ewa)
    assert browser.get("/family/")["Location"] == f"/family/{kuba.pk}/"
    zofia = a_pupil(world.brookside, "Zofia")
    a_parent(world.ewa, zofia)
    page = browser.get("/family/")
    assert f"/family/{kuba.pk}/" in page.content.decode() and f"/family/{zofia.pk}/" in page.content.decode()
    assert "Your children" in words_of(browser.get(f"/family/{zofia.pk}/"))


def test_the_first_page_has_what_is_new_and_three_ways_on(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=TODAY - WEEKS)
    outcome = cycle.outcomes.get(number=1)
    asked = FamilyAnswer.objects.create(
        outcome=outcome, pupil=kuba, school=kuba.school, by=world.ewa, answer="change", words="Before lunch", on=TODAY
    )
    reply(answer=asked, words="We have moved it to 11:15.", by=amara, on=TODAY)
    browser = as_(world.ewa)
    text = words_of(browser.get(f"/family/{kuba.pk}/"))
    for words in ("Kuba", "Oakfield Primary, class 4W", "Hello, Ewa", "We have moved it to 11:15.", "What is happening",
                  "Tell us", "Who has looked"):  # fmt: skip
        assert words in text, words
    plan = words_of(browser.get(f"/family/{kuba.pk}/plan/"))
    assert "Before lunch" in plan and "We have moved it to 11:15." in plan
    assert "New:" not in words_of(browser.get(f"/family/{kuba.pk}/")), "it has been seen"


@pytest.mark.parametrize("page", ["", "plan/", "worry/", "looked/"])
@pytest.mark.parametrize("name", ["ben", "amara", "dana", "femi", "sys"])
def test_nobody_elses_child(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    assert as_(world.people[name]).get(f"/family/{kuba.pk}/{page}").status_code == 404


def test_a_tie_that_has_ended_opens_nothing(world: World, as_: Any, kuba: Pupil) -> None:
    Tie.objects.update(until=TODAY - timedelta(days=1))
    browser = as_(world.ewa)
    assert browser.get("/family/").status_code == browser.get(f"/family/{kuba.pk}/").status_code == 404


@pytest.mark.parametrize("kind", [Tie.Kind.PUPIL, Tie.Kind.CASE])
def test_only_family_and_young_people_have_this_page(world: World, as_: Any, kuba: Pupil, kind: str) -> None:
    Tie.objects.create(person=world.femi, pupil_id=kuba.pk, school=kuba.school, kind=kind, since=SEPTEMBER)
    assert as_(world.femi).get(f"/family/{kuba.pk}/").status_code == 404


def test_a_parent_who_works_here_reads_as_a_parent(world: World, as_: Any, kuba: Pupil) -> None:
    a_parent(world.tess, kuba)
    assert as_(world.tess).get(f"/family/{kuba.pk}/").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_statements_do_not_grow_with_what_is_there(world: World, kuba: Pupil, number: int) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=TODAY - WEEKS)
    for n in range(number):
        FamilyAnswer.objects.create(
            outcome=cycle.outcomes.get(number=1), pupil=kuba, school=kuba.school, by=world.ewa, answer="agree", on=TODAY
        )
        log([a_line(kuba, amara, kind=a_type(f"Kind {n}"))], amara, TODAY)
    ewa = world.actor("ewa")
    with CaptureQueriesContext(connection) as said:
        queries.child_page(ewa, kuba.pk, on=TODAY)
    assert len(said) == CHILD_STATEMENTS
    with CaptureQueriesContext(connection) as said:
        page = queries.plan_page(ewa, kuba.pk, on=TODAY)
    assert len(said) == PLAN_STATEMENTS and len(page.given) == number + 1


# --- The plan, and three answers -------------------------------------------------------------------------


def test_the_plan_is_in_plain_words_with_what_we_missed(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=TODAY - WEEKS)
    line = cycle.lines.get().line
    log([line], amara, TODAY - timedelta(days=3))
    log([line], amara, TODAY, missed="cover")
    a_brief(kuba, amara, own_words="I go quiet.", helped_by="Mrs Iqbal")
    text = words_of(as_(world.ewa).get(f"/family/{kuba.pk}/plan/"))
    for words in ("I go quiet.", "helped by Mrs Iqbal", "Builds models from memory.", "Kuba tells a story in order.",
                  "Now: 3 of 6 parts.", "We want: 6 of 6 parts.",
                  "Talking group, 3 times a week for 30 minutes, with 3 other children.",
                  "So far we gave 1 of 2. We missed 1."):  # fmt: skip
        assert words in text, words
    assert "SLCN" not in text and "cover" not in text


@pytest.mark.parametrize("stage", [Stage.ASSESS, Stage.PLAN])
def test_a_draft_is_not_shown(world: World, as_: Any, kuba: Pupil, stage: Stage) -> None:
    cycle = a_cycle(pupil=kuba, by=world.actor("amara"), at=stage, on=TODAY - WEEKS)
    cycle.strengths = ["Builds models"]
    cycle.save()
    text = words_of(as_(world.ewa).get(f"/family/{kuba.pk}/plan/"))
    assert "There is no plan to read yet" in text and "Builds models" not in text


def test_the_three_answers_weigh_the_same_and_none_is_chosen(world: World, as_: Any, kuba: Pupil) -> None:
    a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=TODAY - WEEKS)
    page = as_(world.ewa).get(f"/family/{kuba.pk}/plan/").content.decode()
    for value in ("agree", "change", "disagree"):
        assert page.count(f'<button class="button button-second" name="answer" value="{value}">') == 2
    assert "checked" not in page


def test_agreeing_is_one_tap(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=TODAY - WEEKS)
    outcome = cycle.outcomes.get(number=1)
    browser = as_(world.ewa)
    sent = browser.post(f"/family/{kuba.pk}/outcomes/{outcome.pk}/", {"answer": "agree"})
    assert sent["Location"] == f"/family/{kuba.pk}/plan/#aim-{outcome.pk}"
    assert FamilyAnswer.objects.get().answer == "agree"
    assert "You agreed" in words_of(browser.get(f"/family/{kuba.pk}/plan/"))


@pytest.mark.parametrize(
    ("answer", "asks"), [("change", "What would you like instead?"), ("disagree", "What is not right?")]
)
def test_a_change_asks_for_words_and_keeps_them_as_they_are(
    world: World, as_: Any, kuba: Pupil, answer: str, asks: str
) -> None:
    cycle = a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=TODAY - WEEKS)
    address = f"/family/{kuba.pk}/outcomes/{cycle.outcomes.get(number=1).pk}/"
    browser = as_(world.ewa)
    first = words_of(browser.post(address, {"answer": answer}))
    assert asks in first and "to put right" not in first, "it is a question, not a fault"
    again = words_of(browser.post(address, {"answer": answer, "asked": "1"}))
    assert "Tell us what you would like instead" in again and not FamilyAnswer.objects.exists()
    browser.post(address, {"answer": answer, "asked": "1", "words": "  Przed obiadem, prosze!  "})
    assert FamilyAnswer.objects.get().words.strip() == "Przed obiadem, prosze!"


def test_an_answer_to_another_childs_plan_is_not_there(world: World, as_: Any, kuba: Pupil) -> None:
    other = a_pupil(world.oakfield, "Leo")
    cycle = a_cycle(pupil=other, by=world.actor("amara"), at=Stage.DO, on=TODAY - WEEKS)
    outcome = cycle.outcomes.get(number=1)
    browser = as_(world.ewa)
    for pupil in (kuba, other):
        sent = browser.post(f"/family/{pupil.pk}/outcomes/{outcome.pk}/", {"answer": "agree"})
        assert sent.status_code == 404
    assert not FamilyAnswer.objects.exists()


def test_a_closed_plan_takes_no_answers(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.CLOSED, on=TODAY - WEEKS)
    outcome = cycle.outcomes.get(number=1)
    browser = as_(world.ewa)
    assert 'name="answer"' not in browser.get(f"/family/{kuba.pk}/plan/").content.decode()
    assert browser.post(f"/family/{kuba.pk}/outcomes/{outcome.pk}/", {"answer": "agree"}).status_code == 404


# --- Tell us, and who has looked -------------------------------------------------------------------------


def test_what_a_parent_writes_reaches_the_senco_as_it_is(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ewa)
    assert "Is a child in danger now? Ring 999." in words_of(browser.get(f"/family/{kuba.pk}/worry/"))
    sent = browser.post(f"/family/{kuba.pk}/worry/", {"words": "Kuba nie lubi hałasu w stołówce."}, follow=True)
    assert "We will answer you within 10 school days." in words_of(sent)
    concern = Concern.objects.get()
    assert (concern.seen, concern.source, concern.raised_by) == (
        "Kuba nie lubi hałasu w stołówce.",
        "parent",
        world.ewa,
    )


def test_words_about_safety_go_to_the_safeguarding_lead_alone(world: World, as_: Any, kuba: Pupil) -> None:
    sent = as_(world.ewa).post(f"/family/{kuba.pk}/worry/", {"words": "He has bruises from the bus."}, follow=True)
    assert "the person in school who keeps children safe, and to nobody else" in words_of(sent)
    assert not Concern.objects.exists()
    note = QuickNote.objects.get()
    assert note.restricted and note.by == world.ewa
    assert as_(world.amara).get(f"/classes/notes/{note.pk}/").status_code == 404
    assert "bruises" in words_of(as_(world.dana).get(f"/classes/notes/{note.pk}/"))


def test_that_a_family_read_the_plan_is_on_record_for_staff(world: World, as_: Any, kuba: Pupil) -> None:
    as_(world.ewa).get(f"/family/{kuba.pk}/plan/")
    row = Viewing.objects.get(pupil_id=kuba.pk)
    assert (row.by_id, row.page, row.role) == (world.ewa.pk, "family plan", "")


def test_one_word_is_not_sent(world: World, as_: Any, kuba: Pupil) -> None:
    answer = as_(world.ewa).post(f"/family/{kuba.pk}/worry/", {"words": "Help"})
    assert "in a few words" in words_of(answer) and not Concern.objects.exists()


def test_who_has_looked_a_line_a_person_and_day(world: World, as_: Any, kuba: Pupil) -> None:
    a_parent(world.femi, kuba)
    looks_at = ("ben", "brief"), ("ben", "brief"), ("ben", "plan"), ("dana", "brief"), ("ewa", "plan"), ("femi", "plan")
    for name, page in looks_at:
        viewed(pupil=kuba.pk, school=kuba.school_id, by=world.actor(name), page=page)
    looks = queries.looked_page(world.actor("ewa"), kuba.pk, on=TODAY).looks
    assert [(look.who, look.role, set(look.what.split(", "))) for look in looks] == [
        ("Ben Whitlock", "teacher", {"what helps", "the plan"})
    ]  # fmt: skip
    text = words_of(as_(world.ewa).get(f"/family/{kuba.pk}/looked/"))
    assert "may look without being listed here" in text and "Doyle" not in text


def test_the_pages_read_at_nine() -> None:
    said = (
        "There is no plan to read yet. When we have written one, you will see it here. You can say yes, or ask for a change. "
        "Tell us about your child. It can be a worry, good news or a question. We will answer you within ten school days. "
        "These people in school opened the pages. They need them for their work. So far we gave two of three. We missed one. "
        "You need no password. We send you a link. Press the button. The link works once."
    )
    age = reading_age(said)
    assert age is not None and age <= 9


# --- The way in ------------------------------------------------------------------------------------------


def a_letter(world: World, contact: Contact) -> str:
    return actions.invite_family(contact=contact, by=world.actor("amara"), on=TODAY, at=now()).code


def come_in(code: str) -> Any:
    return Client().post("/family/enter/code/", {"code": code})


def test_a_letter_lets_a_new_parent_in_once(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    contact = Contact.objects.create(
        pupil=kuba,
        school=kuba.school,
        title="Mr",
        given="Jan",
        family="Kowalski",
        relationship="PAF",
        responsibility=True,
    )
    code = a_letter(world, contact)
    contact.refresh_from_db()
    assert contact.person is not None and contact.person.name == "Jan Kowalski"
    assert not contact.person.account.has_usable_password()
    assert Tie.objects.get(pupil_id=kuba.pk).person == contact.person
    assert code.replace(" ", "") not in str(Key.objects.values()), "only a digest is kept"
    browser = Client()
    entered = browser.post("/family/enter/code/", {"code": code.lower()}, follow=True)
    assert entered.redirect_chain[-1][0] == f"/family/{kuba.pk}/" and "Hello, Jan" in words_of(entered)
    again = come_in(code)
    assert again.status_code == 200 and "does not work any more" in words_of(again)
    kinds = list(Event.objects.filter(pupil_id=kuba.pk).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["family.invited", "family.entered"]


def test_a_second_letter_ends_the_first(world: World, kuba: Pupil) -> None:
    contact = kuba.contacts.get()
    first, second = a_letter(world, contact), a_letter(world, contact)
    assert "does not work any more" in words_of(come_in(first))
    assert come_in(second)["Location"] == "/family/"
    assert Tie.objects.filter(pupil_id=kuba.pk).count() == 1, "the tie that stands is enough"


@pytest.mark.parametrize("change", ["too late", "tie ended", "closed", "now staff"])
def test_a_code_that_should_not_open(world: World, kuba: Pupil, change: str) -> None:
    from tests.people import a_post

    code = a_letter(world, kuba.contacts.get())
    if change == "too late":
        Key.objects.update(until=now() - timedelta(minutes=1))
    elif change == "tie ended":
        Tie.objects.update(until=TODAY - timedelta(days=1))
    elif change == "closed":
        Account.objects.filter(person=world.ewa).update(is_active=False)
    else:
        a_post(world.ewa, "ta", world.oakfield)
    answer = come_in(code)
    assert "This link or code does not work any more. Each works once. Ask for a new one." in words_of(answer)
    assert Key.objects.get().used_at is None


def test_a_guess_reads_like_every_other_no(world: World) -> None:
    assert "This link or code does not work any more. Each works once. Ask for a new one." in words_of(
        come_in("AAAA AAAA AAAA")
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"barred": True}, "a court order"),
        ({"responsibility": False, "lives_with": False}, "no parental responsibility"),
    ],
)
def test_who_is_not_invited(world: World, kuba: Pupil, change: dict[str, bool], says: str) -> None:
    contact = kuba.contacts.get()
    for name, value in change.items():
        setattr(contact, name, value)
    with pytest.raises(Refused, match=says):
        a_letter(world, contact)
    assert not Key.objects.exists()


def test_a_colleagues_own_child_opens_with_their_own_account(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    contact = a_parent(world.tess, kuba)
    with pytest.raises(Refused, match="signs in as staff"):
        a_letter(world, contact)


def test_a_teacher_does_not_invite(world: World, kuba: Pupil) -> None:
    with pytest.raises(NotAllowed):
        actions.invite_family(contact=kuba.contacts.get(), by=world.actor("ben"), on=TODAY, at=now())
    with pytest.raises(NotFound):
        queries.invite_page(world.actor("ben"), kuba.pk, on=TODAY)


def test_two_parents_with_one_address_are_two_people(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    made = [
        Contact.objects.create(
            pupil=kuba,
            school=kuba.school,
            given=given,
            family="Kowalski",
            responsibility=True,
            email="home@kowalski.example",
        )
        for given in ("Jan", "Ola", "Jan")
    ]
    for contact in made:
        a_letter(world, contact)
    people = [Contact.objects.get(pk=contact.pk).person for contact in made]
    assert people[0] != people[1] and people[0] == people[2], "the same name with the same address is the same person"
    assert Person.objects.filter(family="Kowalski").count() == 2


def test_the_letter_is_printed_with_its_code(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    page = words_of(browser.get(f"/pupils/{kuba.pk}/family/"))
    assert "Ewa Kowalska" in page and "open since 1 Sep 2026" in page and "Print a letter" in page
    contact = kuba.contacts.get()
    letter = words_of(browser.post(f"/pupils/{kuba.pk}/family/{contact.pk}/letter/"))
    assert "Dear Ewa Kowalska" in letter and "/family/enter/code/" in letter and "works once" in letter
    assert as_(world.chloe).post(f"/pupils/{kuba.pk}/family/{contact.pk}/letter/").status_code == 404


# --- A link by e-mail ------------------------------------------------------------------------------------


def link_in(world: World, person: Person) -> str:
    """The address in the mail that the job sends."""
    mail_link(person=person.pk, base="https://alongside.example")
    [line] = [line for line in mail.outbox[-1].body.splitlines() if line.startswith("https://")]
    return line.removeprefix("https://alongside.example")


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name like '%%portal.mail_key'")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_asking_for_a_link_always_answers_the_same(world: World, kuba: Pupil) -> None:
    from tests.pages import body_of

    pages = [
        Client().post("/family/enter/", {"email": email})
        for email in (world.ewa.account.email.upper(), "nobody@elsewhere.example", world.ben.account.email)
    ]
    assert len({body_of(page) for page in pages}) == 1 and "a link is on its way" in words_of(pages[0])
    assert [job["person"] for job in jobs()] == [world.ewa.pk]


def test_the_mail_names_no_child_and_its_link_opens_once(world: World, kuba: Pupil) -> None:
    link = link_in(world, world.ewa)
    letter = mail.outbox[-1]
    assert letter.to == [world.ewa.account.email] and "Kuba" not in f"{letter.subject} {letter.body}"
    browser = Client()
    looked_ahead = browser.get(link)
    assert "Open the page" in words_of(looked_ahead) and Key.objects.get().used_at is None, "looking ahead uses nothing"
    assert browser.post(link)["Location"] == "/family/"
    assert browser.get(f"/family/{kuba.pk}/").status_code == 200
    again = Client().post(link)
    assert again.status_code == 409 and "does not work any more" in words_of(again)


def test_no_more_than_a_few_links_an_hour(world: World, kuba: Pupil) -> None:
    for _ in range(rules.MOST_AN_HOUR + 3):
        mail_link(person=world.ewa.pk, base="https://alongside.example")
    assert len(mail.outbox) == Key.objects.count() == rules.MOST_AN_HOUR


def test_leaving_signs_out(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ewa)
    assert browser.post("/family/leave/")["Location"] == "/family/enter/"
    assert browser.get(f"/family/{kuba.pk}/").status_code == 302


def test_a_key_opens_no_wall(world: World, kuba: Pupil) -> None:
    """A stranger who fails leaves the wall as it stood."""
    with scope([]):
        with pytest.raises(Refused):
            actions.enter(secret="AAAA AAAA AAAA", at=now(), on=TODAY)
        assert not Pupil.objects.exists()

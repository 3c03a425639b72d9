"""What the classroom's pages read, who may, and in how many statements with 1 pupil and with 30."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.classroom import actions, queries, rules
from alongside.areas.classroom.models import QuickNote
from alongside.areas.classroom.sheet import sheet_page
from alongside.areas.classroom.tests.builders import a_brief, on_register, read
from alongside.areas.provision.actions import LineDraft, promise
from alongside.areas.provision.models import ProvisionType
from alongside.areas.register.models import Need
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import AdultLink, Membership, Pupil
from alongside.kit import NotFound
from tests.people import SEPTEMBER, TODAY, World, a_class, a_parent, a_pupil, supports, teaches

DAY = timedelta(days=1)
CLASSES_STATEMENTS = 3  # links, members, pupils; the session and the wall are two more
BRIEF_STATEMENTS = 6
READERS_STATEMENTS = 8
SHEET_STATEMENTS = 7
NOTES_STATEMENTS = 2


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = on_register(a_pupil(world.oakfield))
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


# --- My classes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_my_classes_takes_the_same_statements_for_any_number(world: World, number: int) -> None:
    ben, amara = world.actor("ben"), world.actor("amara")
    pupils = [on_register(a_pupil(world.oakfield, f"Pupil{n}")) for n in range(number)]
    teaches(world.ben, a_class(world.oakfield, *pupils))
    for pupil in pupils:
        a_brief(pupil, amara)
    with CaptureQueriesContext(connection) as said:
        page = queries.classes_page(ben, on=TODAY)
    assert len(said) == CLASSES_STATEMENTS
    assert page.changes == number and len(page.groups[0].rows) == number


def test_the_list_says_what_changed_and_safety_first(world: World) -> None:
    ben, amara = world.actor("ben"), world.actor("amara")
    aisha, billy, cleo, dara = (
        on_register(a_pupil(world.oakfield, name)) for name in ("Aisha", "Billy", "Cleo", "Dara")
    )
    plain = a_pupil(world.oakfield, "Edie")
    teaches(world.ben, a_class(world.oakfield, aisha, billy, cleo, dara, plain))
    a_brief(aisha, amara)
    read(a_brief(billy, amara), ben)
    read(a_brief(cleo, amara), ben)
    a_brief(cleo, amara, what_changed="sit him nearer")
    read(a_brief(dara, amara), ben)
    a_brief(dara, amara, safety="Inhaler", what_changed="Inhaler")
    page = queries.classes_page(ben, on=TODAY)
    assert [(card.liked, card.mark) for card in page.cards] == [
        ("Dara", "Safety"),
        ("Cleo", "Changed"),
        ("Aisha", "New"),
    ]
    assert page.cards[0].first == "Inhaler" and page.cards[1].then == "Sit him nearer."
    [group] = page.groups
    assert (group.size, [(row.name.split()[0], row.seen) for row in group.rows]) == (
        5,
        [("Aisha", "new"), ("Billy", "seen"), ("Cleo", "changed"), ("Dara", "changed")],
    )


def test_more_than_five_changes_are_left_to_the_list(world: World) -> None:
    pupils = [on_register(a_pupil(world.oakfield, f"Pupil{n}")) for n in range(8)]
    teaches(world.ben, a_class(world.oakfield, *pupils))
    for pupil in pupils:
        a_brief(pupil, world.actor("amara"))
    page = queries.classes_page(world.actor("ben"), on=TODAY)
    assert (len(page.cards), page.more, page.changes) == (5, 3, 8)


def test_a_pupil_without_a_brief_is_still_on_the_list(world: World, kuba: Pupil) -> None:
    [group] = queries.classes_page(world.actor("ben"), on=TODAY).groups
    assert [(row.hint, row.seen, row.status) for row in group.rows] == [("No brief yet", None, "K")]


def test_an_assistant_sees_the_pupils_they_support_by_name(world: World, kuba: Pupil) -> None:
    supports(world.tess, kuba)
    [group] = queries.classes_page(world.actor("tess"), on=TODAY).groups
    assert (group.id, group.name, len(group.rows)) == (None, "Pupils you support", 1)


def test_ones_own_child_is_not_in_the_class(world: World, kuba: Pupil) -> None:
    a_parent(world.ben, kuba)
    [group] = queries.classes_page(world.actor("ben"), on=TODAY).groups
    assert group.rows == ()
    with pytest.raises(NotFound):
        queries.brief_page(world.actor("ben"), kuba.pk, on=TODAY)


def test_without_a_timetable_there_is_an_empty_page(world: World) -> None:
    page = queries.classes_page(world.actor("ben"), on=TODAY)
    assert (page.groups, page.changes) == ((), 0)


# --- A timetable moves access ----------------------------------------------------------------------------


def test_a_pupil_who_moves_set_changes_teachers_the_same_day(world: World, kuba: Pupil) -> None:
    """The old teacher loses the brief and the new one sees it today (J10, step 5)."""
    a_brief(kuba, world.actor("amara"))
    teaches(world.tess, a_class(world.oakfield, name="4X"))  # tess stands for the teacher of the other set
    with pytest.raises(NotFound):
        queries.brief_page(world.actor("tess"), kuba.pk, on=TODAY)
    membership = Membership.objects.get(pupil=kuba)
    membership.until = TODAY - DAY
    membership.save()
    Membership.objects.create(pupil=kuba, group=a_class(world.oakfield, name="4X"), school=world.oakfield, since=TODAY)
    with pytest.raises(NotFound):
        queries.brief_page(world.actor("ben"), kuba.pk, on=TODAY)
    assert queries.classes_page(world.actor("ben"), on=TODAY).groups[0].rows == ()
    page = queries.brief_page(world.actor("tess"), kuba.pk, on=TODAY)
    assert page.head.liked == "Kuba" and page.confirmed_at is None
    [row] = queries.classes_page(world.actor("tess"), on=TODAY).groups[0].rows
    assert row.just_joined and row.seen is rules.Seen.NEW


def test_cover_ends_at_midnight(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    teaches(world.tess, a_class(world.oakfield), part="cover", since=TODAY, until=TODAY)
    tess = world.actor("tess")
    assert queries.brief_page(tess, kuba.pk, on=TODAY).number == 1
    assert queries.classes_page(tess, on=TODAY).groups[0].covers
    tomorrow = TODAY + DAY
    with pytest.raises(NotFound):
        queries.brief_page(tess, kuba.pk, on=tomorrow)
    with pytest.raises(NotFound):
        sheet_page(tess, a_class(world.oakfield).pk, on=tomorrow)
    assert queries.classes_page(tess, on=tomorrow).groups == ()


# --- The brief -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [1, 6])
def test_a_brief_takes_the_same_statements_however_long(world: World, kuba: Pupil, lines: int) -> None:
    a_brief(kuba, world.actor("amara"), helps=tuple(f"Thing {n}" for n in range(lines)))
    actor = world.actor("ben")
    with CaptureQueriesContext(connection) as said:
        page = queries.brief_page(actor, kuba.pk, on=TODAY)
    assert len(said) == BRIEF_STATEMENTS and len(page.helps) == lines
    assert Viewing.objects.get(pupil_id=kuba.pk).page == "brief"


def test_what_is_new_since_the_version_before_is_marked(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_brief(kuba, amara)
    a_brief(kuba, amara, helps=("Wait ten seconds", "Near the front"), what_changed="Wait")
    page = queries.brief_page(world.actor("ben"), kuba.pk, on=TODAY)
    assert [(help_.text, help_.is_new) for help_ in page.helps] == [
        ("Wait ten seconds", True),
        ("Near the front", False),
    ]
    assert (page.number, page.what_changed, page.tells) == (2, "Wait", "Ms Adeyemi")


@pytest.mark.parametrize(("agreed", "shown"), [(False, ""), (True, "Autistic spectrum disorder")])
def test_a_diagnosis_shows_only_when_family_and_pupil_agreed(
    world: World, kuba: Pupil, agreed: bool, shown: str
) -> None:
    Need.objects.create(pupil=kuba, school=world.oakfield, code="ASD", rank=1, area="C&I", since=SEPTEMBER)
    a_brief(kuba, world.actor("amara"), may_name_diagnosis=agreed)
    assert queries.brief_page(world.actor("ben"), kuba.pk, on=TODAY).diagnosis == shown


@pytest.mark.parametrize("name", ["cal", "chloe", "tess", "gus", "dev", "sys", "ewa", "femi"])
def test_whose_brief_it_is_not(world: World, kuba: Pupil, name: str) -> None:
    a_brief(kuba, world.actor("amara"))
    for read_page in (queries.brief_page, queries.profile_page, queries.edit_page, queries.write_page):
        with pytest.raises(NotFound):
            read_page(world.actor(name), kuba.pk, on=TODAY)


@pytest.mark.parametrize("adults", [1, 30])
def test_readers_take_the_same_statements_for_any_number(world: World, kuba: Pupil, adults: int) -> None:
    from tests.people import a_person, a_post

    for number in range(adults - 1):
        person = a_person(f"Adult{number}")
        a_post(person, "ta", world.oakfield)
        supports(person, kuba)
    read(a_brief(kuba, world.actor("amara")), world.actor("ben"))
    actor = world.actor("amara")
    with CaptureQueriesContext(connection) as said:
        page = queries.readers_page(actor, kuba.pk, on=TODAY)
    assert len(said) == READERS_STATEMENTS
    assert (len(page.readers), page.waiting) == (adults, adults - 1)
    assert page.readers[-1].words == "has read it"


# --- The class sheet -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_a_sheet_takes_the_same_statements_for_any_number(world: World, number: int) -> None:
    pupils = [on_register(a_pupil(world.oakfield, f"Pupil{n}")) for n in range(number)]
    group = a_class(world.oakfield, *pupils)
    teaches(world.ben, group)
    for pupil in pupils:
        a_brief(pupil, world.actor("amara"))
    actor = world.actor("ben")
    with CaptureQueriesContext(connection) as said:
        page = sheet_page(actor, group.pk, on=TODAY)
    assert len(said) == SHEET_STATEMENTS and len(page.rows) == number
    assert Viewing.objects.filter(page="class sheet").count() == number, "each child on it was looked at"


def test_a_sheet_has_one_line_a_child_and_what_four_share(world: World) -> None:
    amara = world.actor("amara")
    names = ("Aisha", "Callum", "Dara", "Kuba")
    pupils = [on_register(a_pupil(world.oakfield, name), "E" if name == "Callum" else "K") for name in names]
    group = a_class(world.oakfield, *pupils, a_pupil(world.oakfield, "Plain"), subject="Maths")
    teaches(world.ben, group)
    supports(world.tess, pupils[3])
    for pupil in pupils:
        a_brief(pupil, amara, safety="Inhaler in her bag" if pupil.given_name == "Aisha" else "")
    kind = ProvisionType.objects.create(name="Language programme", plain_name="Talking group", wave="targeted")
    for pupil in pupils[2:]:
        draft = LineDraft(kind.pk, 30, 3, 2, SEPTEMBER, adult_id=world.tess.pk)
        promise(pupil=pupil, draft=draft, by=amara, on=TODAY)
    page = sheet_page(world.actor("ben"), group.pk, on=TODAY)
    assert (page.name, page.teachers, page.size, page.week_of) == ("4W maths", "Mr Whitlock", 5, date(2026, 11, 23))
    assert [(row.name, row.status) for row in page.rows] == [
        ("Aisha", "K"),
        ("Callum", "E"),
        ("Dara", "K"),
        ("Kuba", "K"),
    ]
    first = page.rows[0]
    assert (first.plan_for, first.also) == ("One instruction, then wait ten seconds", "New words with a picture")
    assert (first.know, first.know_is_safety, first.note) == ("Inhaler in her bag", True, "Safety")
    assert page.rows[1].know == "Avoid: asking him to answer cold"
    assert ("Near the front", "Aisha, Callum, Dara, Kuba") in page.shared
    assert page.adults == ("Mrs Iqbal supports Kuba", "Talking group, 3 × 30 minutes, Mrs Iqbal: Dara, Kuba")
    assert page.emergencies == (("Aisha", "Inhaler in her bag"),) and page.dsl == "Mrs Doyle"
    assert page.shred_on == date(2026, 11, 27)


def test_no_diagnosis_reaches_a_sheet_even_where_the_brief_may_name_it(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"), helps=("Break cards: ADHD plan", "Near the front"), avoid="noise (autism)",
            communication="Short sentences", may_name_diagnosis=True)  # fmt: skip
    [row] = sheet_page(world.actor("ben"), a_class(world.oakfield).pk, on=TODAY).rows
    assert (row.plan_for, row.also, row.know) == ("Near the front", "", "Short sentences")


def test_two_children_of_a_name_are_told_apart(world: World) -> None:
    pupils = [on_register(a_pupil(world.oakfield, "Kuba", family)) for family in ("Kowalski", "Nowak")]
    pupils.append(on_register(a_pupil(world.oakfield, "Leo", "Marsh")))
    group = a_class(world.oakfield, *pupils)
    page = sheet_page(world.actor("amara"), group.pk, on=TODAY)
    assert [row.name for row in page.rows] == ["Kuba Kowalski", "Kuba Nowak", "Leo"]
    page = sheet_page(world.actor("amara"), group.pk, on=TODAY, initials=True)
    assert [row.name for row in page.rows] == ["KK", "KN", "LM"]


@pytest.mark.parametrize("name", ["cal", "chloe", "tess", "gus", "dev", "ewa"])
def test_whose_class_it_is_not(world: World, kuba: Pupil, name: str) -> None:
    with pytest.raises(NotFound):
        sheet_page(world.actor(name), a_class(world.oakfield).pk, on=TODAY)


# --- Notes -----------------------------------------------------------------------------------------------


def a_note(world: World, pupil: Pupil, text: str = "Left the room twice.") -> QuickNote:
    return actions.write_note(pupil=pupil, kind=rules.NoteKind.BEHAVIOUR, text=text, by=world.actor("ben"), on=TODAY)


@pytest.mark.parametrize("number", [1, 30])
def test_notes_take_the_same_statements_for_any_number(world: World, kuba: Pupil, number: int) -> None:
    for _ in range(number):
        a_note(world, kuba)
    actor = world.actor("amara")
    with CaptureQueriesContext(connection) as said:
        page = queries.notes_page(actor)
    assert len(said) == NOTES_STATEMENTS and len(page.waiting) == number


@pytest.mark.parametrize(
    ("name", "ordinary", "restricted"),
    [("amara", True, False), ("hari", True, True), ("dana", False, True), ("ben", True, True), ("tess", False, False),
     ("chloe", False, False), ("gus", False, False), ("ewa", False, False)],
)  # fmt: skip
def test_who_reads_which_note(world: World, kuba: Pupil, name: str, ordinary: bool, restricted: bool) -> None:
    plain, safe = a_note(world, kuba), a_note(world, kuba, "He has bruises on his arm.")
    for note, may in ((plain, ordinary), (safe, restricted)):
        if may:
            assert queries.note_page(world.actor(name), note.pk, on=TODAY).line.text == note.text
        else:
            with pytest.raises(NotFound):
                queries.note_page(world.actor(name), note.pk, on=TODAY)


def test_a_dsl_who_is_family_does_not_read_the_note(world: World, kuba: Pupil) -> None:
    note = a_note(world, kuba, "He has bruises on his arm.")
    a_parent(world.dana, kuba)
    with pytest.raises(NotFound):
        queries.note_page(world.actor("dana"), note.pk, on=TODAY)


def test_safeguarding_stands_first_in_the_heads_list(world: World, kuba: Pupil) -> None:
    a_note(world, kuba)
    a_note(world, kuba, "He has bruises on his arm.")
    page = queries.notes_page(world.actor("hari"))
    assert [line.restricted for line in page.waiting] == [True, False]


# --- The profile -----------------------------------------------------------------------------------------


def test_the_profile_speaks_in_the_first_person(world: World) -> None:
    kuba = a_pupil(world.oakfield, language="POL", said_as="KOO-ba")
    contact = a_parent(world.ewa, kuba)
    contact.reach = "After 3 o'clock"
    contact.save()
    a_brief(
        kuba, world.actor("amara"), own_words="I like building.", own_words_on=date(2026, 11, 6), helped_by="Mrs Iqbal"
    )
    page = queries.profile_page(world.actor("amara"), kuba.pk, on=TODAY)
    assert page.line == "Class 4W. I speak Polish and English."
    assert page.own_words_by == "My own words, 6 November 2026. Mrs Iqbal wrote down what I said."
    assert page.home == "my mum (Ewa). After 3 o'clock."
    assert "07700" not in str(page), "a profile is carried about: no number is on it"


def test_a_barred_contact_is_on_no_profile(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    contact = a_parent(world.ewa, kuba)
    contact.barred = True
    contact.save()
    a_brief(kuba, world.actor("amara"))
    assert queries.profile_page(world.actor("amara"), kuba.pk, on=TODAY).home == ""


def test_an_adult_has_one_part_by_name_before_the_groups(world: World, kuba: Pupil) -> None:
    supports(world.ben, kuba)
    found = queries.adults_of([kuba.pk], [world.oakfield.pk], on=TODAY)
    assert found == {kuba.pk: {world.ben.pk: AdultLink.Part.SUPPORTS}}

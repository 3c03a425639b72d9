"""The verbs of the classroom: what they leave behind, and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.classroom import actions, rules
from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.areas.classroom.tests.builders import DRAFT, a_brief, read
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.access.models import Post
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event, Viewing
from alongside.base.notices.models import Notice
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.kit import NotAllowed, Refused, Stale
from tests.people import TODAY, World, a_class, a_parent, a_pupil, supports, teaches

DAY = timedelta(days=1)


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    supports(world.tess, pupil)
    return pupil


def kinds_of(pupil: Pupil) -> list[str]:
    return list(Event.objects.filter(pupil_id=pupil.pk).order_by("pk").values_list("kind", flat=True))


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("says", flat=True))


def test_a_change_makes_a_new_version_and_asks_everybody_again(world: World, kuba: Pupil) -> None:
    amara, ben = world.actor("amara"), world.actor("ben")
    first = a_brief(kuba, amara)
    read(first, ben)
    second = a_brief(kuba, amara, helps=("Wait ten seconds",), what_changed="Wait longer")
    assert [b.number for b in kuba.briefs.filter(current=True)] == [2] == [second.number]
    assert not second.acknowledgements.exists() and first.acknowledgements.count() == 1
    due = Deadline.objects.get(kind="brief")
    assert due.about_id == second.pk and due.progress == "0 of 2 have read it"
    assert kinds_of(kuba) == ["brief.made", "brief.read", "brief.made"]


def test_the_second_writer_is_shown_both_texts_and_nothing_is_lost(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    a_brief(kuba, world.actor("amara"), avoid="shouting", what_changed="Avoid")
    with pytest.raises(Stale) as stale:
        actions.write_brief(pupil=kuba, draft=DRAFT, what_changed="Mine", version=1, by=world.actor("ben"), on=TODAY)
    assert stale.value.theirs["avoid"] == "shouting" and stale.value.yours["avoid"] == DRAFT.avoid
    assert stale.value.version == 2 and kuba.briefs.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"good_at": ("One",)}, "good_at"), ({"helps": ()}, "helps"), ({"avoid": "his ADHD outbursts"}, "avoid")],
)
def test_what_a_brief_may_not_be(world: World, kuba: Pupil, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        a_brief(kuba, world.actor("amara"), **changes)
    assert refused.value.field == field and not Brief.objects.exists()


def test_a_diagnosis_stands_when_family_and_pupil_agreed(world: World, kuba: Pupil) -> None:
    brief = a_brief(kuba, world.actor("amara"), avoid="noise: his autism", may_name_diagnosis=True)
    assert brief.avoid == "noise: his autism"


def test_a_later_version_says_what_changed(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    with pytest.raises(Refused, match="what changed"):
        actions.write_brief(pupil=kuba, draft=DRAFT, what_changed=" ", version=1, by=world.actor("amara"), on=TODAY)


def test_safety_is_told_to_every_adult_at_once(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_brief(kuba, amara)
    assert told(world.ben) == told(world.tess) == []
    brief = a_brief(kuba, amara, safety="Inhaler in his bag", what_changed="Inhaler")
    assert told(world.ben) == told(world.tess) == ["Safety, Kuba: Inhaler in his bag"]
    assert Deadline.objects.get(about_id=brief.pk, kind="brief").due == TODAY
    again = a_brief(kuba, amara, safety="Inhaler in his bag", avoid="noise", what_changed="Avoid")
    assert not again.changes_safety and len(told(world.ben)) == 1


def test_nobody_confirms_a_brief_unopened(world: World, kuba: Pupil) -> None:
    brief = a_brief(kuba, world.actor("amara"))
    with pytest.raises(Refused, match="Open the brief first"):
        actions.got_it(brief=brief, by=world.actor("ben"), on=TODAY)
    assert not Acknowledgement.objects.exists()


def test_the_last_reader_stops_the_clock(world: World, kuba: Pupil) -> None:
    brief = a_brief(kuba, world.actor("amara"))
    read(brief, world.actor("ben"))
    assert Deadline.objects.get(kind="brief").progress == "1 of 2 have read it"
    read(brief, world.actor("tess"))
    assert not Deadline.objects.filter(kind="brief").exists()


def test_nobody_waits_for_an_adult_who_is_family(world: World, kuba: Pupil) -> None:
    a_parent(world.tess, kuba)
    brief = a_brief(kuba, world.actor("amara"))
    assert Deadline.objects.get(about_id=brief.pk).progress == "0 of 1 have read it"


def test_a_tap_is_corrected_by_the_next(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    for helped in (True, False):
        actions.used(pupil=kuba, strategy="Near the front", helped=helped, by=world.actor("ben"), on=TODAY)
    assert [use.helped for use in StrategyUse.objects.all()] == [False]


def test_a_strategy_that_is_not_in_the_brief_is_refused(world: World, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    with pytest.raises(Refused, match="not one of the things"):
        actions.used(pupil=kuba, strategy="Shout", helped=True, by=world.actor("ben"), on=TODAY)


@pytest.mark.parametrize("with_plan", [True, False])
def test_twice_without_help_goes_to_the_review_once(world: World, kuba: Pupil, with_plan: bool) -> None:
    amara, ben = world.actor("amara"), world.actor("ben")
    a_brief(kuba, amara)
    if with_plan:
        a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=TODAY - 14 * DAY, lead_id=world.ben.pk)
    owner = world.ben if with_plan else world.amara
    before = len(told(owner))
    for back in (3, 1, 0):
        actions.used(pupil=kuba, strategy="Near the front", helped=False, by=ben, on=TODAY - back * DAY)
    assert told(owner)[before:] == ["'Near the front' did not help Kuba twice in two weeks. Look at it in the review."]


# --- Notes -----------------------------------------------------------------------------------------------


def note(world: World, kuba: Pupil, text: str, name: str = "ben") -> QuickNote:
    return actions.write_note(pupil=kuba, kind=rules.NoteKind.BEHAVIOUR, text=text, by=world.actor(name), on=TODAY)


def test_a_note_goes_to_senco_and_head_and_its_answer_comes_back(world: World, kuba: Pupil) -> None:
    made = note(world, kuba, "Left the room twice.")
    assert told(world.amara) == told(world.hari) == ["Ben Whitlock wrote a note about Kuba."]
    assert told(world.dana) == []
    actions.answer_note(note=made, action="New seat by the door.", by=world.actor("amara"), on=TODAY)
    assert told(world.ben) == ["Your note about Kuba was read. New seat by the door."]
    assert kinds_of(kuba) == ["note.written", "note.answered"]


def test_safeguarding_words_reach_the_dsl_and_nobody_else(world: World, kuba: Pupil) -> None:
    made = note(world, kuba, "He has bruises on his arm.")
    assert made.restricted
    assert told(world.dana) == told(world.hari) == ["A note needs you to read it."]
    assert told(world.amara) == []
    assert kinds_of(kuba) == ["note.restricted"]
    with pytest.raises(NotAllowed):
        actions.answer_note(note=made, action="Seen", by=world.actor("amara"), on=TODAY)
    actions.answer_note(note=made, action="Spoken to today.", by=world.actor("dana"), on=TODAY)
    assert told(world.ben) == ["Your note about Kuba was read. Spoken to today."]


def test_a_safeguarding_note_that_would_reach_nobody_is_not_kept(world: World, kuba: Pupil) -> None:
    Post.objects.filter(role__in=("dsl", "head")).delete()
    with pytest.raises(Refused, match="Nothing was saved"):
        note(world, kuba, "He has bruises on his arm.")
    assert not QuickNote.objects.exists()


def test_a_dsl_who_is_family_is_not_told(world: World, kuba: Pupil) -> None:
    a_parent(world.dana, kuba)
    note(world, kuba, "He has bruises on his arm.")
    assert told(world.dana) == [] and len(told(world.hari)) == 1


@pytest.mark.parametrize("text", ["", "Ok"])
def test_a_note_is_a_few_words(world: World, kuba: Pupil, text: str) -> None:
    with pytest.raises(Refused, match="few words"):
        note(world, kuba, text)


def test_an_answer_says_something(world: World, kuba: Pupil) -> None:
    made = note(world, kuba, "Left the room twice.")
    with pytest.raises(Refused, match="Say what was done"):
        actions.answer_note(note=made, action=" ", by=world.actor("amara"), on=TODAY)


def test_opening_a_restricted_note_leaves_its_trace_where_no_family_reads(world: World, kuba: Pupil) -> None:
    actions.looked_at(note=note(world, kuba, "He has bruises."), by=world.actor("dana"), on=TODAY)
    assert kinds_of(kuba) == ["note.restricted", "note.restricted_opened"]
    assert not Viewing.objects.filter(pupil_id=kuba.pk).exists()
    actions.looked_at(note=note(world, kuba, "Left the room."), by=world.actor("amara"), on=TODAY)
    assert Viewing.objects.get(pupil_id=kuba.pk).page == "note"


def test_a_family_passes_a_safety_worry_to_the_dsl_alone(world: World, kuba: Pupil) -> None:
    a_parent(world.ewa, kuba)
    made = actions.family_note(pupil=kuba, text="He is being hit on the bus.", by=world.actor("ewa"), on=TODAY)
    assert made.restricted and len(told(world.dana)) == 1 and told(world.amara) == []
    actions.answer_note(note=made, action="We rang the bus company.", by=world.actor("dana"), on=TODAY)
    assert Notice.objects.get(to=world.ewa).url == f"/family/{kuba.pk}/"


def test_a_stranger_does_not_write_as_family(world: World, kuba: Pupil) -> None:
    with pytest.raises(NotAllowed):
        actions.family_note(pupil=kuba, text="He is being hit.", by=world.actor("ewa"), on=TODAY)

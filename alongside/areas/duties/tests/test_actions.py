"""States follow from facts; a change of state ends its period; words, sightings and exemptions have their rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.duties import actions, compute
from alongside.areas.duties.models import Duty, Standing, Touched
from alongside.areas.duties.rules import Found
from alongside.areas.duties.standing import Difference
from alongside.base.evidence.proofs import PROOFS, Evidence, State
from alongside.base.people.models import Person
from alongside.kit import NotAllowed, NotFound, Refused, sql
from tests.people import TODAY, World, a_person, a_post, senco_leaves

WORD, SEEN, RECORDS = "S03-44", "S03-27", "S02-08"  # an attested, an observed and a computed duty of schools
TRUST_WORD = "S03-02"
DAY = timedelta(days=1)


def standing(code: str, school: int | None) -> Standing:
    return Standing.objects.get(duty=code, school=school, until=None)


@pytest.fixture
def director(world: World) -> Person:
    person = a_person("Dina", "Lowe")
    a_post(person, "director", None)
    world.people["dina"] = person
    return person


@pytest.mark.django_db
def test_every_proof_can_be_worked_out(world: World) -> None:
    schools = [world.oakfield.pk, world.brookside.pk]
    for proof in PROOFS.values():
        found = compute.count(proof, schools, on=TODAY)
        assert set(found) <= {*schools, None}, proof.duty


def test_each_school_has_each_duty_that_schools_hold_and_the_trust_its_own(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
    actions.refresh_trust(on=TODAY)
    of_schools = Duty.objects.exclude(holds_for="trust").count()
    assert Standing.objects.filter(school=world.oakfield).count() == of_schools == 306
    assert Standing.objects.filter(school=world.brookside).count() == of_schools
    assert Standing.objects.filter(school=None).count() == Duty.objects.exclude(holds_for="school").count() == 135


def test_nothing_is_met_by_silence(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk], on=TODAY)
    met = set(Standing.objects.filter(school=world.oakfield, state=State.MET).values_list("duty", flat=True))
    of_the_post = {RECORDS, "S02-09", "S03-37"}
    assert met == of_the_post, "a school with a SENCO and no pupils has proved that it has one who is qualified"
    assert standing("S00-04", world.oakfield.pk).state == State.NOT_EVIDENCED


def test_working_it_out_again_changes_nothing(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk], on=TODAY)
    assert actions.refresh(schools=[world.oakfield.pk], on=TODAY) == Difference(0, 0, 0)


def test_a_changed_state_ends_its_period(world: World) -> None:
    school = world.oakfield.pk
    actions.refresh(schools=[school], on=TODAY - 10 * DAY)
    senco_leaves(world.amara, TODAY - 5 * DAY)
    assert actions.refresh(schools=[school], on=TODAY, codes=[RECORDS]).changed == 2
    assert standing(RECORDS, school).state == State.OVERDUE
    assert standing("S02-02", school).state == State.AT_RISK, "one overdue duty of the law puts them all at risk"
    before = Standing.objects.on(TODAY - DAY).get(duty=RECORDS, school=school)
    assert (before.state, before.since, before.until) == (State.MET, TODAY - 10 * DAY, TODAY - DAY)


def test_a_state_of_one_day_that_was_wrong_leaves_no_trace(world: World) -> None:
    school = world.oakfield.pk
    actions.refresh(schools=[school], on=TODAY)
    senco_leaves(world.amara, TODAY - DAY)
    actions.refresh(schools=[school], on=TODAY, codes=[RECORDS])
    assert Standing.objects.filter(duty=RECORDS, school=school).count() == 1


def test_a_save_is_worked_out_and_nothing_else(world: World) -> None:
    school = world.oakfield.pk
    actions.refresh(schools=[school], on=TODAY - DAY)
    actions.touch(school=school, slice_="access")
    assert actions.settle(schools=[school], on=TODAY) == 1
    assert not Touched.objects.exists()
    today = set(Standing.objects.filter(school=school, computed_on=TODAY).values_list("duty", flat=True))
    by_posts = {code for code, proof in PROOFS.items() if "access" in proof.slices}
    assert today == (by_posts | compute.of_itself()) & {
        *Duty.objects.exclude(holds_for="trust").values_list("code", flat=True)
    }
    assert actions.settle(schools=[school], on=TODAY) == 0


# --- Words -----------------------------------------------------------------------------------------------


def a_word(world: World, who: str = "hari", code: str = WORD, **changes: object) -> object:
    values = {"item": "Minutes of 12 November, item 4", "expires": TODAY + 200 * DAY} | changes
    return actions.attest(code=code, school=world.oakfield.pk, by=world.actor(who), on=TODAY, **values)  # type: ignore[arg-type]


def test_a_word_makes_an_attested_duty_met_and_is_marked_as_one(world: World) -> None:
    a_word(world)
    row = standing(WORD, world.oakfield.pk)
    assert (row.state, row.evidence) == (State.MET, Evidence.ATTESTED)


def test_a_word_ends(world: World) -> None:
    a_word(world, expires=TODAY + 30 * DAY)
    assert standing(WORD, world.oakfield.pk).state == State.DUE
    actions.refresh(schools=[world.oakfield.pk], on=TODAY + 31 * DAY)
    assert standing(WORD, world.oakfield.pk).state == State.OVERDUE


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"item": "Yes"}, "what shows it"), ({"expires": TODAY}, "after today"),
        ({"expires": TODAY + 400 * DAY}, "a year at most"), ({"code": RECORDS}, "nobody’s word"),
        ({"code": SEEN}, "nobody’s word"),
    ],
)  # fmt: skip
def test_a_word_that_is_refused(world: World, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        a_word(world, **changes)


@pytest.mark.parametrize("who", ["amara", "ben", "chloe", "dev", "dana"])
def test_only_the_head_and_the_director_give_their_word(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        a_word(world, who)


def test_the_director_gives_the_trusts_word_and_the_head_cannot(world: World, director: Person) -> None:
    said = {"code": TRUST_WORD, "school": None, "item": "Briefing of 4 May, with slides", "expires": TODAY + 200 * DAY}
    with pytest.raises(NotAllowed):
        actions.attest(**said, by=world.actor("hari"), on=TODAY)  # type: ignore[arg-type]
    actions.attest(**said, by=world.actor("dina"), on=TODAY)  # type: ignore[arg-type]
    assert standing(TRUST_WORD, None).state == State.MET


def test_there_is_no_such_duty_at_a_school(world: World) -> None:
    with pytest.raises(NotFound):
        a_word(world, code=TRUST_WORD)
    with pytest.raises(NotFound):
        a_word(world, code="S99-01")


# --- Sightings -------------------------------------------------------------------------------------------


def a_sighting(world: World, who: str, found: Found = Found.SEEN, **changes: object) -> object:
    draft = actions.Sighting(**({"words": "Scaffolds in use in 4K and 5A", "found": found, "seen_on": TODAY} | changes))  # type: ignore[arg-type]
    return actions.observe(code=SEEN, school=world.oakfield.pk, draft=draft, by=world.actor(who), on=TODAY)


def test_two_people_who_saw_it_make_it_met(world: World, director: Person) -> None:
    a_sighting(world, "dev")
    assert standing(SEEN, world.oakfield.pk).state == State.NOT_EVIDENCED
    a_sighting(world, "dina")
    row = standing(SEEN, world.oakfield.pk)
    assert (row.state, row.evidence) == (State.MET, Evidence.OBSERVED)


def test_what_was_not_seen_is_a_risk(world: World, director: Person) -> None:
    a_sighting(world, "dev")
    a_sighting(world, "dina", Found.NOT)
    assert standing(SEEN, world.oakfield.pk).state == State.AT_RISK


def test_whoever_answers_for_it_cannot_have_seen_it(world: World) -> None:
    with pytest.raises(Refused, match="Somebody else has to see it"):
        a_sighting(world, "hari")
    with pytest.raises(Refused, match="Say what you saw"):
        a_sighting(world, "dev", words="Fine.")
    with pytest.raises(Refused, match="not come yet"):
        a_sighting(world, "dev", seen_on=TODAY + DAY)
    with pytest.raises(NotAllowed):
        a_sighting(world, "amara")


# --- Set aside, explained, delegated, changed -------------------------------------------------------------


def test_a_duty_is_set_aside_by_the_director_with_a_reason_and_an_end(world: World, director: Person) -> None:
    said = {"code": "S12-13", "school": world.oakfield.pk, "until": TODAY + 300 * DAY, "on": TODAY}
    with pytest.raises(NotAllowed):
        actions.exempt(**said, reason="No pupil is older than eleven.", by=world.actor("hari"))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="why it does not apply"):
        actions.exempt(**said, reason="No.", by=world.actor("dina"))  # type: ignore[arg-type]
    actions.exempt(**said, reason="No pupil is older than eleven.", by=world.actor("dina"))  # type: ignore[arg-type]
    row = standing("S12-13", world.oakfield.pk)
    assert (row.state, row.why) == (State.NOT_APPLICABLE, "No pupil is older than eleven.")
    actions.refresh(schools=[world.oakfield.pk], on=TODAY + 301 * DAY, codes=["S12-13"])
    assert standing("S12-13", world.oakfield.pk).state == State.NOT_EVIDENCED


def test_an_explanation_changes_no_state(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk], on=TODAY)
    before = standing(SEEN, world.oakfield.pk).state
    actions.explain(
        code=SEEN, school=world.oakfield.pk, words="Visits begin in January.", by=world.actor("amara"), on=TODAY
    )
    assert standing(SEEN, world.oakfield.pk).state == before
    with pytest.raises(Refused):
        actions.explain(code=SEEN, school=world.oakfield.pk, words="Soon.", by=world.actor("amara"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.explain(code=SEEN, school=world.oakfield.pk, words="Not my school.", by=world.actor("chloe"), on=TODAY)


def test_the_nearest_line_of_the_scheme_says_who_answers(world: World, director: Person) -> None:
    duty = compute.catalogue(TODAY)[WORD]
    by = world.actor("dina")

    def owner(school: int) -> str:
        return compute.owner_of(duty, school, compute.delegations(TODAY))

    assert owner(world.oakfield.pk) == "senco"
    actions.delegate(family=duty.family, role="central", by=by, on=TODAY)
    assert owner(world.oakfield.pk) == "central"
    actions.delegate(duty=WORD, role="dsl", school=world.oakfield.pk, by=by, on=TODAY)
    assert (owner(world.oakfield.pk), owner(world.brookside.pk)) == ("dsl", "central")
    with pytest.raises(Refused):
        actions.delegate(duty=WORD, role="wizard", by=by, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.delegate(duty=WORD, role="dsl", by=world.actor("hari"), on=TODAY)


def test_a_version_of_the_trusts_own_holds_from_its_day(world: World, director: Person) -> None:
    soon = TODAY + 30 * DAY
    actions.change_duty(code=WORD, valid_from=soon, changes={"owner": "head"}, by=world.actor("dina"), on=TODAY)
    assert compute.catalogue(TODAY)[WORD].owner == "senco"
    assert compute.catalogue(soon)[WORD].owner == "head"
    assert compute.catalogue(soon)[WORD].own


@pytest.mark.parametrize(
    ("changes", "says"),
    [({}, "what is different"), ({"owner": "wizard"}, "no role"), ({"state": "met"}, "cannot be changed"),
     ({"evidence": "hoped"}, "computed, observed or attested")],
)  # fmt: skip
def test_a_version_that_is_refused(world: World, director: Person, changes: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        actions.change_duty(code=WORD, valid_from=TODAY, changes=changes, by=world.actor("dina"), on=TODAY)


def test_the_trusts_part_follows_from_its_schools(world: World, director: Person) -> None:
    both = "S00-04"
    actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
    actions.refresh_trust(on=TODAY)
    assert standing(both, None).state == State.NOT_EVIDENCED
    Standing.objects.filter(duty=both, school__isnull=False).update(state=State.MET)
    actions.refresh_trust(on=TODAY)
    assert standing(both, None).state == State.MET


@pytest.mark.django_db
def test_two_who_work_out_the_same_school_take_turns(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk], on=TODAY)
    held = "select objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and classid = %(kind)s"
    assert sql.rows(held, {"kind": actions._LOCK}) == [(world.oakfield.pk,)]

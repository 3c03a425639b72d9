"""Who answers for what: lines with a beginning and an end, acceptance, duties without an owner, versions and their undoing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.duties import actions, compute, rules
from alongside.areas.duties.models import Acceptance, Delegation, Duty, Standing
from alongside.areas.duties.rules import Accepted
from alongside.areas.duties.scheme import mine_page, scheme_page, versions_page
from alongside.base.access.scope import all_schools, scope
from alongside.kit import NotAllowed, NotFound, Refused
from tests.evidence import states
from tests.people import TODAY, World, a_person, a_post, a_school, words_of

DAY = timedelta(days=1)
WORD = "S03-44"


@pytest.fixture
def trust(world: World) -> World:
    for key, role, school in (("gov", "governor", world.oakfield), ("dina", "director", None)):
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, school)
    actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
    actions.refresh_trust(on=TODAY)
    return world


def owner(school: int | None, on: date) -> str:
    return compute.owner_of(compute.catalogue(on)[WORD], school, compute.delegations(on))


@pytest.mark.django_db
def test_a_line_with_an_end_stands_before_an_open_one_and_gives_the_duty_back(trust: World) -> None:
    by, school = trust.actor("dina"), trust.oakfield.pk
    first = owner(school, TODAY)
    actions.delegate(duty=WORD, role="dsl", school=school, by=by, on=TODAY)
    actions.delegate(
        duty=WORD, role="senco", school=school, since=TODAY + 7 * DAY, until=TODAY + 14 * DAY, by=by, on=TODAY
    )
    found = [owner(school, TODAY + days * DAY) for days in (0, 6, 7, 14, 15)]
    assert found == ["dsl", "dsl", "senco", "senco", "dsl"]
    assert owner(trust.brookside.pk, TODAY + 8 * DAY) == first, "the other school’s is as it was"


@pytest.mark.django_db
def test_a_line_to_come_is_undone_and_one_that_held_ends_yesterday(trust: World) -> None:
    by = trust.actor("dina")
    coming = actions.delegate(duty=WORD, role="dsl", since=TODAY + 9 * DAY, by=by, on=TODAY)
    actions.end_delegation(line=coming.pk, by=by, on=TODAY)
    assert not Delegation.objects.exists()
    holds = actions.delegate(duty=WORD, role="dsl", by=by, on=TODAY - 9 * DAY)
    actions.end_delegation(line=holds.pk, by=by, on=TODAY)
    assert (owner(None, TODAY - DAY), owner(None, TODAY)) == ("dsl", compute.catalogue(TODAY)[WORD].owner)
    with pytest.raises(NotFound):
        actions.end_delegation(line=holds.pk, by=by, on=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [({"since": TODAY - DAY}, "since"), ({"until": TODAY - DAY}, "until"), ({"role": "parent"}, "role"),
     ({"family": 3}, "duty")],
)  # fmt: skip
def test_a_line_is_refused(trust: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.delegate(**{"duty": WORD, "role": "dsl", "by": trust.actor("dina"), "on": TODAY, **more})
    assert refused.value.field == field


@pytest.mark.django_db
def test_only_the_director_delegates_and_only_the_holder_accepts(trust: World) -> None:
    with pytest.raises(NotAllowed):
        actions.delegate(duty=WORD, role="dsl", by=trust.actor("hari"), on=TODAY)
    with pytest.raises(NotFound):
        actions.accept(role="head", school=trust.oakfield.pk, by=trust.actor("amara"), on=TODAY)
    with pytest.raises((NotFound, NotAllowed)):
        actions.accept(role="senco", school=trust.brookside.pk, by=trust.actor("amara"), on=TODAY)
    actions.accept(role="senco", school=trust.oakfield.pk, by=trust.actor("amara"), on=TODAY)
    assert Acceptance.objects.get().role == "senco"


@pytest.mark.django_db
def test_acceptance_is_awaited_until_it_is_given_and_again_when_the_scheme_changes(trust: World) -> None:
    def awaited(on: date) -> set[tuple[str, str]]:
        return {(row.where, row.role) for row in scheme_page(trust.actor("dina", on=on), on=on).awaited}

    head = ("Oakfield Primary", "Headteacher")
    assert head in awaited(TODAY)
    actions.accept(role="head", school=trust.oakfield.pk, by=trust.actor("hari"), on=TODAY)
    assert head not in awaited(TODAY)
    actions.delegate(duty=WORD, role="head", by=trust.actor("dina"), on=TODAY + DAY, since=TODAY + 2 * DAY)
    assert head not in awaited(TODAY + DAY) and head in awaited(TODAY + 2 * DAY)
    assert head in awaited(TODAY + 400 * DAY), "an acceptance lasts a year"


days = st.dates(date(2025, 1, 1), date(2028, 1, 1))


@given(st.one_of(st.none(), days), days, days)
def test_accepted_only_after_the_last_change_and_within_the_year(last: date | None, changed: date, on: date) -> None:
    found = rules.acceptance(last=last, changed=changed, on=on)
    assert (found is Accepted.YES) == (last is not None and last >= changed and on - last <= rules.ACCEPTED_FOR)


@pytest.mark.django_db
def test_a_role_that_nobody_holds_is_flagged_with_its_duties(trust: World) -> None:
    rows = {(row.where, row.role): row.duties for row in scheme_page(trust.actor("dina"), on=TODAY).unheld}
    assert rows["Brookside Primary", "Headteacher"] > 40, "Brookside has a SENCO and no headteacher"
    assert ("Oakfield Primary", "Headteacher") not in rows
    assert states("S00-04", trust.brookside.pk)["not_evidenced"] == sum(
        number for (where, _), number in rows.items() if where == "Brookside Primary"
    )


@pytest.mark.django_db
def test_every_local_board_has_to_accept(trust: World) -> None:
    schools = [trust.oakfield.pk, trust.brookside.pk]
    assert states("S03-25", None, schools) == {"overdue": 2}
    actions.accept(role="governor", school=trust.oakfield.pk, by=trust.actor("gov"), on=TODAY)
    assert states("S03-25", None, schools) == {"met": 1, "overdue": 1}
    actions.delegate(duty=WORD, role="dsl", by=trust.actor("dina"), on=TODAY + DAY)
    assert states("S03-25", None, schools, on=TODAY + DAY) == {"due": 2}, "asked anew when the scheme changes"


@pytest.mark.django_db
def test_a_board_is_asked_on_its_page_when_its_acceptance_no_longer_counts(trust: World) -> None:
    schools, on = [trust.oakfield.pk], TODAY + DAY
    actions.accept(role="governor", school=trust.oakfield.pk, by=trust.actor("gov"), on=TODAY)
    assert mine_page(trust.actor("gov"), on=TODAY).roles[0].accepted is Accepted.YES
    line = actions.delegate(duty=WORD, role="dsl", by=trust.actor("dina"), on=on)
    assert mine_page(trust.actor("gov", on), on=on).roles[0].accepted is Accepted.AWAITED
    actions.end_delegation(line=line.pk, by=trust.actor("dina"), on=on + DAY)
    assert mine_page(trust.actor("gov", on + DAY), on=on + DAY).roles[0].accepted is Accepted.YES
    assert states("S03-25", None, schools, on=on + DAY) == {"met": 1}


@pytest.mark.django_db
def test_the_chair_accepts_for_the_board_when_duties_are_given_to_the_chair(trust: World) -> None:
    school = trust.oakfield.pk
    trust.people["cleo"] = a_person("Cleo", "Lowe")
    a_post(trust.cleo, "chair", trust.oakfield)
    awaited = {row.role for row in scheme_page(trust.actor("dina"), on=TODAY).awaited}
    assert "Chair of governors" not in awaited, "nobody is asked to accept nothing"
    actions.delegate(family=12, role="chair", school=school, by=trust.actor("dina"), on=TODAY)
    awaited = {row.role for row in scheme_page(trust.actor("dina"), on=TODAY).awaited}
    assert "Chair of governors" in awaited
    actions.accept(role="chair", school=school, by=trust.actor("cleo"), on=TODAY)
    assert states("S03-25", None, [school]) == {"met": 1}


@pytest.mark.django_db
def test_statutory_duties_are_met_as_each_stands_and_one_late_puts_all_at_risk(trust: World) -> None:
    school = trust.brookside.pk
    before = states("S02-02", school)
    assert before["met"] < before["not_evidenced"] and set(before) == {"met", "not_evidenced"}, (
        "it has a SENCO, and little else"
    )
    Standing.objects.filter(school=school, duty="S09-15").update(state="overdue")
    after = states("S02-02", school)
    assert after == {"met": before["met"], "at_risk": before["not_evidenced"]}


# --- Versions ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_version_stands_beside_the_others_and_is_taken_back_before_its_day(trust: World) -> None:
    by = trust.actor("dina")
    made = actions.change_duty(
        code=WORD, valid_from=TODAY + 30 * DAY, changes={"title": "Ours", "owner": "dsl"}, by=by, on=TODAY
    )
    page = versions_page(by, WORD, on=TODAY)
    assert [(version.own, version.holds, version.can_go) for version in page.versions] == [
        (False, True, False), (True, False, True),
    ]  # fmt: skip
    assert {row.name for row in page.rows if row.differs} == {"Title", "Owner"}
    assert actions.withdraw_version(version=made.pk, by=by, on=TODAY + 29 * DAY) == WORD
    assert Duty.objects.filter(code=WORD).count() == 1


@pytest.mark.django_db
def test_what_held_once_is_not_unwritten(trust: World) -> None:
    by = trust.actor("dina")
    made = actions.change_duty(code=WORD, valid_from=TODAY, changes={"title": "Ours"}, by=by, on=TODAY)
    shipped = Duty.objects.get(code=WORD, own=False)
    for version in (made, shipped):
        with pytest.raises(Refused):
            actions.withdraw_version(version=version.pk, by=by, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.withdraw_version(version=made.pk, by=trust.actor("hari"), on=TODAY - DAY)


# --- Pages ------------------------------------------------------------------------------------------------


def test_the_director_gives_a_duty_a_version_by_page(trust: World, as_: Any) -> None:
    browser, at = as_(trust.dina), f"/duties/catalogue/{WORD}/"
    now = Duty.objects.get(code=WORD)
    assert now.title in browser.get(f"{at}new/").content.decode()
    typed = {name: getattr(now, name).strip() for name in ("title", "says", "rule", "owner", "limit")}
    same = browser.post(f"{at}new/", {**typed, "valid_from": "1 March 2027"})
    assert "Say what is different" in words_of(same)
    answer = browser.post(f"{at}new/", {**typed, "title": "Our title", "valid_from": "1 March 2027", "code": "S99-99"})
    assert answer["Location"] == at
    made = Duty.objects.get(own=True)
    assert (made.code, made.title, made.valid_from) == (WORD, "Our title", date(2027, 3, 1))
    words = words_of(browser.get(at))
    assert "Our title" in words and "To come" in words and "Undo" in words
    browser.post(f"/duties/versions/{made.pk}/withdraw/")
    assert not Duty.objects.filter(own=True).exists()


def test_the_director_delegates_by_page_and_the_holder_accepts(trust: World, as_: Any) -> None:
    browser = as_(trust.dina)
    line = {
        "family": "",
        "duty": WORD.lower(),
        "role": "head",
        "school": str(trust.oakfield.pk),
        "since": "23 November 2026",
    }
    assert browser.post("/duties/scheme/new/", {**line, "duty": "S99-99"}).status_code == 200
    assert browser.post("/duties/scheme/new/", line)["Location"] == "/duties/scheme/"
    assert "Headteacher" in words_of(browser.get("/duties/scheme/"))
    head = as_(trust.hari)
    assert "Acceptance awaited" in words_of(head.get("/duties/mine/"))
    head.post("/duties/mine/", {"role": "head", "school": str(trust.oakfield.pk)})
    assert "Accepted" in words_of(head.get("/duties/mine/"))
    assert as_(trust.chloe).post("/duties/mine/", {"role": "head", "school": str(trust.oakfield.pk)}).status_code == 404


@pytest.mark.django_db
def test_a_school_that_joins_has_every_duty_that_day_unproved_with_owners_and_awaits_acceptance(trust: World) -> None:
    joined = a_school("Primary Three")
    with scope(all_schools()):
        joined.joined_on = TODAY
        joined.save()
        head = a_person("Nia")
        a_post(head, "head", joined)
        trust.people["nia"] = head
        actions.refresh(schools=[joined.pk], on=TODAY)
        rows = Standing.objects.filter(school=joined, until=None)
        assert rows.count() == 306
        proved = {row.duty: row.state for row in rows.exclude(state="not_evidenced")}
        assert proved == {
            "S02-02": "at_risk", "S02-08": "overdue", "S02-09": "at_risk", "S03-31": "due", "S03-37": "at_risk",
            "S14-03": "overdue",
        }, "nobody is its SENCO yet, and nobody has rated the head who has been there since September"  # fmt: skip
        mine = mine_page(trust.actor("nia"), on=TODAY).roles[0]
        assert mine.accepted is Accepted.AWAITED and len(mine.duties) > 40
        assert ("Primary Three", "Headteacher") in {
            (row.where, row.role) for row in scheme_page(trust.actor("dina"), on=TODAY).awaited
        }

"""Who may be placed and taken off. No database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.register import rules
from alongside.areas.register.rules import NeedDraft
from alongside.law.codes import NEED_TYPES, Area, default_area

ON = date(2026, 11, 23)
LIMBS = rules.Limbs(True, "Reads 14 words a minute.", True, "Daily reading with an adult.", ON)
MAIN = [NeedDraft("SLCN", 1)]


def test_both_limbs_a_need_and_dated_evidence_are_enough() -> None:
    assert rules.may_decide("K", LIMBS, MAIN, on=ON, has_plan=False) is None


@pytest.mark.parametrize(
    ("limbs", "field", "says"),
    [
        (replace(LIMBS, difficulty=None), "difficulty", "Say whether there is a learning difficulty"),
        (replace(LIMBS, difficulty=False), "difficulty", "this is not SEN"),
        (replace(LIMBS, difficulty_says=" "), "difficulty_says", "Say what shows the difficulty"),
        (replace(LIMBS, special=None), "special", "additional or different"),
        (replace(LIMBS, special=False), "special", "Consider reasonable adjustments"),
        (replace(LIMBS, special_says=""), "special_says", "beyond what every pupil may have"),
        (replace(LIMBS, evidence_on=None), "evidence_on", "Give the date"),
        (replace(LIMBS, evidence_on=ON + timedelta(days=1)), "evidence_on", "after the decision"),
    ],
)
def test_the_first_thing_missing_is_named(limbs: rules.Limbs, field: str, says: str) -> None:
    refusal = rules.may_decide("K", limbs, MAIN, on=ON, has_plan=False)
    assert refusal is not None
    assert (refusal.field, says in refusal.reason) == (field, True)


@pytest.mark.parametrize(
    ("needs", "field"),
    [
        ([], "need_1"),
        ([NeedDraft("SLCN", 2)], "need_1"),
        ([NeedDraft("SLCN", 1), NeedDraft("MLD", 3)], "need_1"),
        ([NeedDraft("SLCN", 1), NeedDraft("SLCN", 2)], "need_2"),
        ([NeedDraft("BESD", 1)], "need_1"),
        ([NeedDraft("XYZ", 1)], "need_1"),
        ([NeedDraft("SLCN", 1), NeedDraft("OTH", 2)], "area_2"),
        ([NeedDraft("NSA", 1)], "area_1"),
    ],
)
def test_needs_are_ranked_known_and_have_an_area(needs: list[NeedDraft], field: str) -> None:
    refusal = rules.may_hold("K", needs, on=ON)
    assert refusal is not None
    assert refusal.field == field


def test_nsa_stands_with_sen_support_only() -> None:
    needs = [NeedDraft("NSA", 1, Area.LEARNING)]
    assert rules.may_hold("K", needs, on=ON) is None
    assert rules.may_hold("E", needs, on=ON) is not None


@given(st.sampled_from([e.code for e in NEED_TYPES.valid(ON)]), st.sampled_from(["", *Area]))
def test_a_need_always_ends_in_one_of_the_four_areas_or_is_refused(code: str, area: str) -> None:
    need = NeedDraft(code, 1, area)
    if rules.may_hold("K", [need], on=ON) is None:
        assert rules.area_of(need) in set(Area)
    else:
        assert not area and default_area(code) is None


@pytest.mark.parametrize(
    ("provision", "has_plan", "standing", "allowed"),
    [
        ("K", False, "", True), ("K", False, "K", False), ("K", True, "E", False), ("K", False, "E", True),
        ("E", True, "", True), ("E", True, "K", True), ("E", False, "", False), ("E", True, "E", False),
        ("K", True, "", False),
    ],
)  # fmt: skip
def test_support_and_plan_follow_what_stands(provision: str, has_plan: bool, standing: str, allowed: bool) -> None:
    refusal = rules.may_decide(provision, LIMBS, MAIN, on=ON, has_plan=has_plan, standing=standing)
    assert (refusal is None) == allowed
    if refusal:
        assert refusal.field == "provision"


@pytest.mark.parametrize(
    ("provision", "starts", "told", "reason", "allowed"),
    [
        ("K", 0, 0, "", True), ("K", 0, None, "", False), ("K", 0, None, "A court order forbids it.", True),
        ("K", 0, 1, "", False), ("K", -3, -3, "", False), ("K", 1, 0, "", False), ("E", 0, None, "", True),
    ],
)  # fmt: skip
def test_a_parent_is_told_before_support_starts(
    provision: str, starts: int, told: int | None, reason: str, allowed: bool
) -> None:
    refusal = rules.may_take_effect(
        provision, decided_on=ON, starts_on=ON + timedelta(days=starts), on=ON,
        told_on=None if told is None else ON + timedelta(days=told), not_told_because=reason,
    )  # fmt: skip
    assert (refusal is None) == allowed


@pytest.mark.parametrize(
    ("change", "field"),
    [({}, None), ({"reason": " "}, "reason"), ({"pupil_view": ""}, "parent_view"), ({"has_plan": True}, ""),
     ({"parent_view": "", "pupil_view": "", "no_views_because": "They moved away."}, None)],
)  # fmt: skip
def test_coming_off_needs_a_reason_and_views(change: dict[str, object], field: str | None) -> None:
    facts: dict[str, object] = {
        "has_plan": False, "reason": "Holds the aims without help.", "parent_view": "Pleased.", "pupil_view": "I can.",
        "no_views_because": "",
    }  # fmt: skip
    refusal = rules.may_leave(**{**facts, **change})  # type: ignore[arg-type]
    assert (refusal.field if refusal else None) == field


@given(st.integers(0, 40), st.booleans())
def test_haste_is_questioned_once(lately: int, sure: bool) -> None:
    assert (rules.may_check(lately=lately, sure=sure) is None) == (lately < rules.HASTE or sure)


@pytest.mark.parametrize(
    ("name", "query", "allowed"),
    [("Mine", "status=K", True), ("  ", "", False), ("watch list", "", False), ("Long", "x" * 401, False)],
)
def test_a_view_has_a_name_of_its_own(name: str, query: str, allowed: bool) -> None:
    assert (rules.may_keep_view(name, query, ["Watch List"]) is None) == allowed

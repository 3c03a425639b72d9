"""What may happen to a concern. No database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.concerns import rules
from alongside.areas.concerns.rules import NEXT, Decision, Evidence, Facts, Found, Part, Source, State

ON = date(2026, 11, 23)
NEW = Facts(ON, None, "", None, None)
FACTS = {
    State.NEW: NEW,
    State.WATCHED: replace(NEW, triaged_on=ON, decision="monitor"),
    State.SCREENING: replace(NEW, triaged_on=ON, decision="screen"),
    State.DECIDING: replace(NEW, triaged_on=ON, decision="register"),
    State.CLOSED: replace(NEW, triaged_on=ON, decision="close", closed_on=ON),
}
GOOD = {"source": Source.STAFF, "reason": "Talked with the class.", "answer": "Read. We watch.", "on": ON,
        "look_again_on": ON + timedelta(weeks=6)}  # fmt: skip


@pytest.mark.parametrize(("state", "facts"), FACTS.items())
def test_the_state_follows_from_the_facts(state: State, facts: Facts) -> None:
    assert rules.state(facts) is state


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("decision", Decision)
def test_only_the_table_moves_a_concern(state: State, decision: Decision) -> None:
    refusal = rules.may_triage(FACTS[state], decision, **GOOD)  # type: ignore[arg-type]
    assert (refusal is None) == (decision in NEXT[state])


@pytest.mark.parametrize(
    ("decision", "change", "field"),
    [
        (Decision.CLOSE, {"reason": ""}, "reason"),
        (Decision.MONITOR, {"reason": " "}, "reason"),
        (Decision.CLOSE, {"reason": "EAL."}, "reason"),
        (Decision.CLOSE, {"reason": "english as an additional language"}, "reason"),
        (Decision.CLOSE, {"source": Source.PARENT}, "reason"),
        (Decision.CLOSE, {"source": Source.PARENT, "reason": "A transparent reason."}, "reason"),
        (Decision.CLOSE, {"source": Source.PARENT, "reason": "Her mum agrees: glasses first."}, None),
        (Decision.SCREEN, {"reason": ""}, None),
        (Decision.SCREEN, {"answer": " "}, "answer"),
        (Decision.MONITOR, {"look_again_on": None}, "look_again_on"),
        (Decision.MONITOR, {"look_again_on": ON}, "look_again_on"),
        (Decision.REGISTER, {"look_again_on": None}, None),
    ],
)
def test_nobody_is_left_without_reason_answer_or_day(
    decision: Decision, change: dict[str, object], field: str | None
) -> None:
    refusal = rules.may_triage(NEW, decision, **{**GOOD, **change})  # type: ignore[arg-type]
    assert (refusal.field if refusal else None) == field


@pytest.mark.parametrize(
    ("seen", "also", "says"),
    [
        ("Loses his place after every line.", (), None),
        ("Reading", (), "in a few words"),
        ("He has bruises on his arm.", (), "This goes to the DSL"),
        ("Cries at home time.", ("Asked: he is scared to go home",), "This goes to the DSL"),
    ],
)
def test_what_belongs_to_the_dsl_is_no_concern(seen: str, also: tuple[str, ...], says: str | None) -> None:
    refusal = rules.may_raise(seen, *also)
    assert (refusal is None) == (says is None)
    if refusal and says:
        assert says in refusal.reason and refusal.field == "seen"


@given(st.sets(st.sampled_from(list(Part))))
def test_a_screening_names_exactly_what_is_missing(done: set[Part]) -> None:
    refusal = rules.may_decide_screening(done)
    missing = [words.lower() for part, words in rules.PART_WORDS.items() if part not in done]
    assert (refusal is None) == (not missing)
    if refusal:
        assert all(words in refusal.reason for words in missing)
        assert not any(rules.PART_WORDS[part].lower() in refusal.reason for part in done)


@pytest.mark.parametrize(("state", "note", "allowed"), [
    (State.SCREENING, "Asked the nursery.", True), (State.SCREENING, " ", False), (State.NEW, "Asked.", False),
    (State.CLOSED, "Asked.", False),
])  # fmt: skip
def test_parts_are_gathered_while_screening(state: State, note: str, allowed: bool) -> None:
    assert (rules.may_note_part(FACTS[state], note) is None) == allowed


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (Found("class", "Below the class."), Found("test", "SS 74."), None),
        (Found("", "Below."), Found("test", "SS 74."), "kind_1"),
        (Found("class", "Below."), Found("test", " "), "says_2"),
        (Found("test", "SS 74."), Found("test", "SS 76."), "kind_2"),
    ],
)
def test_evidence_is_of_two_kinds(first: Found, second: Found, field: str | None) -> None:
    refusal = rules.may_join(first, second)
    assert (refusal.field if refusal else None) == field


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1).map(str.strip).filter(bool)


@given(st.permutations(list(Evidence)), WORDS, WORDS)
def test_evidence_reads_back_as_it_was_written(kinds: list[Evidence], one: str, other: str) -> None:
    found = (Found(kinds[0].value, one), Found(kinds[1].value, other))
    assert rules.split(rules.join(*found)) == found


def test_a_note_from_elsewhere_is_left_alone() -> None:
    assert rules.split("Phonics check: 21 of 40.") == ()

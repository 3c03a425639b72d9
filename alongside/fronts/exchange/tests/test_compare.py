"""What a file changes about a pupil we know: silence nothing, our own words never unasked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.fronts.exchange.compare import Held, Here, Known, Outcome, Stretch, compare, spoilt, targets
from alongside.fronts.exchange.record import ContactRecord, Phone, PupilRecord, SenNeed, SenPeriod

ON = date(2026, 11, 23)
HERE = Here(1, "Oakfield Primary School", "201", "8001")
RECORD = PupilRecord(line=2, ordinal=1, upn="Q201900126001")
VALUES: dict[str, Any] = {
    "upn": "Q201900126001", "given_name": "Jude", "family_name": "Xu", "nc_year": "4", "eal": None, "left_on": None,
    "more": {},
}  # fmt: skip
KNOWN = Known(id=5, school_id=1, school="Oakfield Primary School", values=VALUES)
SINCE = date(2025, 1, 6)


def against(known: Known | None, **said: Any) -> Outcome:
    return compare(replace(RECORD, **said), known, here=HERE, on=ON)


def test_silence_changes_nothing() -> None:
    known = replace(KNOWN, stretches=[Stretch(1, "K", SINCE, None, True)], needs=[Held(1, "HI", 1, SINCE, True)])
    outcome = against(known)
    assert not outcome.changes
    assert not outcome.writes.pupil
    assert not outcome.writes.sen_set
    assert not outcome.writes.need_end


def test_an_empty_value_is_filled_and_a_like_one_left() -> None:
    outcome = against(KNOWN, forename="Jude", eal=False)
    assert [(change.field, change.theirs, change.conflict) for change in outcome.changes] == [("eal", False, False)]
    assert outcome.writes.pupil == {"eal": False}


@pytest.mark.parametrize(
    ("said", "kept", "conflict", "changes"),
    [
        ({"given_name": "Jude"}, {}, False, True),  # ours came from a file: the new file may change it
        ({}, {}, True, True),  # typed here
        ({"given_name": "Judy"}, {}, True, True),  # edited here since
        ({"given_name": "Judy"}, {"given_name": "Judith"}, False, False),  # decided already
        ({"given_name": "Judy"}, {"given_name": "Jules"}, True, True),  # the file says something new
    ],
)
def test_who_said_it_last_decides(said: dict[str, str], kept: dict[str, str], conflict: bool, changes: bool) -> None:
    outcome = against(replace(KNOWN, said=said, kept=kept), forename="Judith")
    assert outcome.conflict == conflict
    assert bool(outcome.changes) == changes
    assert bool(outcome.writes.pupil) == (changes and not conflict)


def test_a_decision_for_the_file_writes_and_against_it_is_remembered() -> None:
    record = replace(RECORD, forename="Judith")
    taken = compare(record, KNOWN, here=HERE, on=ON, take_file=True)
    assert taken.writes.pupil == {"given_name": "Judith"}
    kept = compare(record, KNOWN, here=HERE, on=ON, take_file=False)
    assert not kept.writes.pupil
    assert not kept.conflict
    later = compare(record, replace(KNOWN, said=kept.writes.said, kept=kept.writes.kept), here=HERE, on=ON)
    assert not later.changes


def test_a_letter_that_the_file_could_not_write_is_no_change() -> None:
    known = replace(KNOWN, values={**VALUES, "family_name": "Čapek"}, said={"family_name": "Čapek"})
    outcome = against(known, surname="?apek")
    assert not outcome.changes
    assert "could not write every letter" in outcome.reasons[0]
    assert not spoilt("?apek", "Capek")
    assert not spoilt("Capek", "Čapek")


# --- SEN -----------------------------------------------------------------------------------------------


def K(start: date | None = None, end: date | None = None) -> SenPeriod:
    return SenPeriod(provision="K", start=start, end=end)


NONE = SenPeriod(provision="N")


def test_one_period_ends_the_day_before_the_next() -> None:
    history = [
        K(date(2023, 1, 1)),
        SenPeriod(provision="E", start=date(2024, 3, 1)),
        replace(NONE, start=date(2025, 1, 1)),
    ]
    assert targets(history) == [
        ("K", date(2023, 1, 1), date(2024, 2, 29)),
        ("E", date(2024, 3, 1), date(2024, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("ours", "sen", "conflict", "adds", "sets", "drops"),
    [
        ([], (K(SINCE),), False, [("K", SINCE, None)], {}, []),
        ([], (K(),), False, [("K", ON, None)], {}, []),
        ([], (NONE,), False, [], {}, []),
        ([Stretch(1, "K", SINCE, None, True)], (K(SINCE),), False, [], {}, []),
        ([Stretch(1, "K", SINCE, None, True)], (K(),), False, [], {}, []),
        # the file ends what a file began; what we began is for a person
        ([Stretch(1, "K", SINCE, None, False)], (K(SINCE, ON),), False, [], {1: (SINCE, ON)}, []),
        ([Stretch(1, "K", SINCE, None, True)], (K(SINCE, ON),), True, [], {}, []),
        ([Stretch(1, "K", SINCE, ON, False)], (K(SINCE),), True, [], {}, []),
        # another start: a file may correct a file
        ([Stretch(1, "K", SINCE, None, False)], (K(date(2025, 2, 1)),), False, [], {1: (date(2025, 2, 1), None)}, []),
        ([Stretch(1, "K", SINCE, None, True)], (K(date(2025, 2, 1)),), True, [], {}, []),
        # none now, or a plan now, against support that stands
        ([Stretch(1, "K", SINCE, None, False)], (NONE,), True, [], {}, []),
        ([Stretch(1, "K", SINCE, None, True)], (SenPeriod(provision="E", start=ON),), True, [], {}, []),
        # an older stretch that is new to us
        ([Stretch(1, "K", SINCE, None, True)], (K(date(2022, 1, 1), date(2022, 6, 1)), K(SINCE)), False,
         [("K", date(2022, 1, 1), date(2022, 6, 1))], {}, []),
    ],
)  # fmt: skip
def test_sen_history_joins_what_stands(
    ours: list[Stretch],
    sen: tuple[SenPeriod, ...],
    conflict: bool,
    adds: list[Any],
    sets: dict[int, Any],
    drops: list[int],
) -> None:
    outcome = against(replace(KNOWN, stretches=ours), sen=sen)
    assert outcome.conflict == conflict
    writes = outcome.writes
    assert (writes.sen_add, writes.sen_set, writes.sen_drop) == (adds, sets, drops)


def test_a_decided_conflict_makes_room() -> None:
    known = replace(KNOWN, stretches=[Stretch(1, "K", SINCE, None, True)])
    record = replace(RECORD, sen=(SenPeriod(provision="E", start=ON),))
    writes = compare(record, known, here=HERE, on=ON, take_file=True).writes
    assert writes.sen_set == {1: (SINCE, date(2026, 11, 22))}
    assert writes.sen_add == [("E", ON, None)]


def test_first_needs_begin_with_the_sen_period_and_later_ones_today() -> None:
    needs = (SenNeed(code="HI", rank=1), SenNeed(code="ASD", rank=2))
    first = against(KNOWN, sen=(K(SINCE),), needs=needs)
    assert first.writes.need_add == [("HI", 1, SINCE), ("ASD", 2, SINCE)]
    known = replace(KNOWN, needs=[Held(8, "MLD", 1, SINCE, False)], had_needs=True, said={"needs": ["MLD"]})
    later = against(known, needs=needs)
    assert not later.conflict
    assert later.writes.need_end == {8: date(2026, 11, 22)}
    assert later.writes.need_add == [("HI", 1, ON), ("ASD", 2, ON)]


def test_needs_typed_here_are_for_a_person() -> None:
    known = replace(KNOWN, needs=[Held(8, "MLD", 1, SINCE, True)], had_needs=True)
    outcome = against(known, needs=(SenNeed(code="HI", rank=1),))
    assert outcome.conflict
    assert not outcome.writes.need_add


def test_nsa_is_left_out_beside_a_plan_that_we_hold() -> None:
    known = replace(KNOWN, stretches=[Stretch(1, "E", SINCE, None, False)])
    outcome = against(known, needs=(SenNeed(code="NSA", rank=1), SenNeed(code="HI", rank=2)))
    assert outcome.writes.need_add == [("HI", 1, ON)]


# --- contacts and moves --------------------------------------------------------------------------------

OURS = {"id": 3, "given": "Wei", "family": "Xu", "title": "", "relationship": "PAM", "responsibility": True,
        "lives_with": True, "phones": [{"type": "M", "number": "07700 900111"}], "email": "", "address": "",
        "barred": False}  # fmt: skip
FILES = ContactRecord(forename="WEI", surname="Xu", phones=(Phone(number="07700 900222", kind="M"),))


def test_a_new_contact_is_added_and_nobody_is_taken_away() -> None:
    outcome = against(replace(KNOWN, contacts=[OURS]), contacts=(ContactRecord(forename="Bo", surname="Xu", order=1),))
    assert [each["given"] for each in outcome.writes.contact_add] == ["Bo"]
    assert not outcome.writes.contact_set


def test_a_number_typed_here_is_not_overwritten() -> None:
    typed = against(replace(KNOWN, contacts=[OURS]), contacts=(FILES,))
    assert typed.conflict
    assert not typed.writes.contact_set
    from_file = replace(KNOWN, contacts=[OURS], said={"contact WEI Xu": {"phones": OURS["phones"]}})
    assert not against(from_file, contacts=(FILES,)).conflict


def test_a_barred_contact_is_never_touched() -> None:
    outcome = against(replace(KNOWN, contacts=[{**OURS, "barred": True}]), contacts=(FILES,))
    assert not outcome.changes
    assert not outcome.writes.contact_set
    assert not outcome.writes.contact_add


ELSEWHERE = replace(KNOWN, school_id=2, school="Brookside Primary School")


def test_a_pupil_of_another_school_moves_only_when_told() -> None:
    outcome = against(ELSEWHERE)
    assert outcome.conflict
    assert outcome.reasons == ["Moves from Brookside Primary School to us."]
    assert outcome.writes.move_from is None
    told = compare(RECORD, ELSEWHERE, here=HERE, on=ON, expected_move=True)
    assert not told.conflict
    assert told.writes.move_from == 2
    gone = replace(ELSEWHERE, values={**VALUES, "left_on": "2026-07-21"})
    assert against(gone).writes.move_from == 2

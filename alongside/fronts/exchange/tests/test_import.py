"""Bringing in: exactly once, nothing overwritten unasked, all or nothing, and back again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from alongside.areas.register.models import Need, Status
from alongside.base.access.actor import Actor
from alongside.base.access.models import Tie
from alongside.base.access.scope import scope
from alongside.base.deadlines.models import Deadline
from alongside.base.history import actions as history
from alongside.base.history.models import Event
from alongside.base.pupils.models import AdultLink, Contact, Enrolment, Group, Membership, Pupil
from alongside.fronts.exchange import actions, kinds, writes
from alongside.fronts.exchange.ctf.format import read_ctf
from alongside.fronts.exchange.models import Batch, Choice, ColumnMap, LastSaid, Row, Verdict
from alongside.fronts.exchange.record import ContactRecord, Establishment, Phone, PupilRecord, SenNeed, SenPeriod
from alongside.fronts.exchange.tests.files import (
    HEAD,
    UPNS,
    applied,
    csv_file,
    csv_row,
    ctf_file,
    receive,
    row,
    staged,
    undo,
    verdicts,
)
from alongside.kit import NotAllowed, Refused
from alongside.kit.tables.faults import Fault, Unreadable
from tests.people import TODAY, World, a_class, a_pupil, supports

pytestmark = pytest.mark.django_db
SUPPORT = {"sen_status": "SEN Support", "sen_need_type": "ASD", "sen_need_rank": "1", "sen_start_date": "06/01/2025"}
BORN = date(2018, 6, 22)


@dataclass
class Desk:
    """The school's office: where files are, and the system that brings them in."""

    world: World
    by: Actor
    folder: Path

    def csv(self, *rows: str, name: str = "report.csv", head: str = HEAD) -> Path:
        return csv_file(self.folder / name, *rows, head=head)


@pytest.fixture
def desk(world: World, tmp_path: Path, settings: LazySettings) -> Iterator[Desk]:
    settings.UPLOADS = tmp_path / "uploads"
    with scope([world.oakfield.pk, world.brookside.pk]) as by:
        yield Desk(world, by, tmp_path)


def table_state() -> dict[str, Any]:
    """Everything a file can touch, as plain values."""
    models = (Pupil, Contact, Enrolment, Membership, Group, Status, Need, LastSaid, Deadline)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


# --- new pupils ----------------------------------------------------------------------------------------


def test_new_pupils_come_with_class_needs_and_history(desk: Desk) -> None:
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, **SUPPORT), csv_row(2, sen_status="No SEN")), desk.by)
    assert verdicts(batch) == {"new": 2}
    pupil, other = (Pupil.objects.get(upn=UPNS[number]) for number in (1, 2))
    assert (pupil.family_name, pupil.born_on, pupil.class_name, pupil.school) == (
        "Test-1", BORN, "4W", desk.world.oakfield,
    )  # fmt: skip
    assert pupil.search_key.startswith(" test 1 jude")
    status = pupil.statuses.get()
    assert (status.code, status.since, status.until, status.source) == ("K", date(2025, 1, 6), None, "csv")
    assert pupil.needs.get().code == "ASD"
    assert pupil.memberships.get().group.name == "4W"
    assert pupil.memberships.get().since == TODAY
    assert pupil.enrolments.get().at == desk.world.oakfield
    assert not other.statuses.exists()
    kinds = set(Event.objects.filter(pupil_id=pupil.pk).values_list("kind", flat=True))
    assert kinds == {"exchange.came", "register.file"}
    assert Deadline.objects.filter(pupil_id=pupil.pk).exists()  # SEN support without a plan starts a clock
    assert not Deadline.objects.filter(pupil_id=other.pk).exists()


def test_a_refused_row_is_named_with_its_line_and_the_rest_comes(desk: Desk) -> None:
    wrong = "A" + UPNS[2][1:]
    rows = [csv_row(1), csv_row(2, upn=wrong), csv_row(3, dob="31/02/2018"), csv_row(4, dob="22/06/1995"), csv_row(5)]
    batch = applied(desk.world.oakfield, desk.csv(*rows, csv_row(1, surname="Again")), desk.by)
    assert verdicts(batch) == {"new": 2, "refused": 4}
    refused = {each.line: each.reasons[0] for each in Row.objects.filter(batch=batch, verdict=Verdict.REFUSED)}
    assert "check letter" in refused[3]
    assert "There is no such day as '31/02/2018'" in refused[4]
    assert refused[5] == "This child would be 31. Check the year of birth: you typed 1995."
    assert "stands in line 2 already" in refused[7]
    assert Pupil.objects.count() == 2


def test_a_file_that_stops_short_leaves_nothing(desk: Desk) -> None:
    school = desk.world.oakfield
    path = ctf_file(desk.folder / "a.xml", school, school, *map(leaver, range(1, 9)))
    path.write_text(path.read_text()[:-200])
    batch = receive(desk.world.oakfield, path, desk.by)
    with pytest.raises(Unreadable, match="stops short"), transaction.atomic():
        actions.stage(batch=batch, by=desk.by, on=TODAY)
    assert not Row.objects.exists()
    assert actions.stored_file(batch).exists()
    actions.refuse_file(batch=batch, fault=Fault(9, "file", "It stops short."), by=desk.by, on=TODAY)
    batch.refresh_from_db()
    assert batch.says == "Line 9: It stops short."


def test_a_picture_is_refused_at_the_door(desk: Desk) -> None:
    path = desk.folder / "pupils.csv"
    path.write_bytes(b"%PDF-1.7 and so on")
    batch = receive(desk.world.oakfield, path, desk.by)
    assert batch.refused_at
    assert batch.says == "This is a PDF. Export the same report as CSV or Excel."
    assert not batch.stored


# --- the same again ------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    rows = [csv_row(1, **SUPPORT), csv_row(2, sen_status="E", sen_start_date="01/02/2024"), csv_row(3)]
    applied(desk.world.oakfield, desk.csv(*rows), desk.by)
    before = table_state()
    again = applied(desk.world.oakfield, desk.csv(*rows), desk.by)
    assert verdicts(again) == {"same": 3}
    assert table_state() == before


def test_the_same_ctf_twice_changes_nothing(desk: Desk) -> None:
    school = desk.world.oakfield
    pupil = PupilRecord(
        line=1, ordinal=1, upn=UPNS[1], surname="Xu", forename="Jude", born_on=BORN, nc_year="4",
        sen=(SenPeriod(provision="K", start=date(2024, 1, 8)),), needs=(SenNeed(code="HI", rank=1),),
        contacts=(ContactRecord(surname="Xu", forename="Wei", phones=(Phone(number="07700 900111"),)),),
    )  # fmt: skip
    path = ctf_file(desk.folder / "a.xml", school, school, pupil)
    applied(school, path, desk.by)
    before = table_state()
    assert verdicts(applied(school, path, desk.by)) == {"same": 1}
    assert table_state() == before


def test_applying_twice_does_nothing_the_second_time(desk: Desk) -> None:
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    assert actions.apply(batch=batch, by=desk.by, on=TODAY)
    before = table_state()
    assert not actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert table_state() == before


def test_asking_twice_asks_once(desk: Desk) -> None:
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    assert actions.ask(batch=batch, by=desk.by, on=TODAY)
    assert not actions.ask(batch=batch, by=desk.by, on=TODAY)
    assert Event.objects.filter(kind="exchange.asked").count() == 1
    assert actions.ask(batch=batch, by=desk.by, on=TODAY, again=True)  # only on purpose


def test_whatever_fails_leaves_nothing_and_can_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1, **SUPPORT), csv_row(2)), desk.by)
    before = table_state()
    with monkeypatch.context() as broken:
        broken.setattr(writes.Writer, "_history", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert table_state() == before
    assert actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert Pupil.objects.count() == 2


# --- changes and conflicts -----------------------------------------------------------------------------


def test_a_file_changes_what_a_file_said(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, surname="Newname", form="5C", year="5")), desk.by)
    assert verdicts(batch) == {"changed": 1}
    pupil = Pupil.objects.get(upn=UPNS[1])
    assert (pupil.family_name, pupil.class_name, pupil.nc_year, pupil.version) == ("Newname", "5C", "5", 2)
    assert "newname" in pupil.search_key
    assert [each.group.name for each in pupil.memberships.filter(until=None)] == ["5C"]
    event = Event.objects.get(pupil_id=pupil.pk, kind="exchange.changed")
    assert event.facts["fields"] == "surname, year group, class"


def test_what_was_edited_here_is_a_conflict_with_both_values(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    Pupil.objects.filter(upn=UPNS[1]).update(given_name="Judith")
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, year="5")), desk.by)
    assert verdicts(batch) == {"conflict": 1}
    assert ["given_name", "Judith", "Jude", True] in row(batch, 1).changes
    pupil = Pupil.objects.get(upn=UPNS[1])
    assert (pupil.given_name, pupil.nc_year) == ("Judith", "4")  # the whole row waits


@pytest.mark.parametrize(("choice", "name"), [(Choice.FILE, "Jude"), (Choice.OURS, "Judith"), (Choice.LEAVE, "Judith")])
def test_a_decision_is_followed_and_remembered(desk: Desk, choice: Choice, name: str) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    Pupil.objects.filter(upn=UPNS[1]).update(given_name="Judith")
    path = desk.csv(csv_row(1, year="5"))
    batch = staged(desk.world.oakfield, path, desk.by)
    assert actions.decide(batch=batch, rows=[row(batch, 1).pk], choice=choice, by=desk.by, on=TODAY) == 1
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    pupil = Pupil.objects.get(upn=UPNS[1])
    assert pupil.given_name == name
    assert pupil.nc_year == ("4" if choice is Choice.LEAVE else "5")
    again = verdicts(staged(desk.world.oakfield, path, desk.by))
    assert again == ({"conflict": 1} if choice is Choice.LEAVE else {"same": 1})


def test_nobody_decides_after_it_was_brought_in(desk: Desk) -> None:
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    with pytest.raises(Refused, match="brought in already"):
        actions.decide(batch=batch, rows=None, choice=Choice.FILE, by=desk.by, on=TODAY)


def test_a_change_made_while_the_file_waited_becomes_a_conflict(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1), csv_row(2)), desk.by)
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1, year="5"), csv_row(2, year="5")), desk.by)
    assert verdicts(batch) == {"changed": 2}
    Pupil.objects.filter(upn=UPNS[1]).update(nc_year="6")
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert verdicts(batch) == {"changed": 1, "conflict": 1}
    assert Pupil.objects.get(upn=UPNS[1]).nc_year == "6"
    assert Pupil.objects.get(upn=UPNS[2]).nc_year == "5"


def test_a_silent_file_ends_nobodys_support(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1, **SUPPORT)), desk.by)
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, year="5")), desk.by)
    assert verdicts(batch) == {"changed": 1}
    pupil = Pupil.objects.get(upn=UPNS[1])
    assert pupil.statuses.get().until is None
    assert pupil.needs.get().until is None


def test_a_file_that_says_no_sen_asks_before_support_ends(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1, **SUPPORT)), desk.by)
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1, sen_status="No SEN")), desk.by)
    assert verdicts(batch) == {"conflict": 1}
    assert ["sen", "SEN support from 6 Jan 2025", "no SEN now", True] in row(batch, 1).changes
    actions.decide(batch=batch, rows=None, choice=Choice.FILE, by=desk.by, on=TODAY)
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert Status.objects.get(pupil__upn=UPNS[1]).until == date(2026, 11, 22)


def test_pupils_that_a_file_does_not_name_stay(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1), csv_row(2)), desk.by)
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    assert batch.absent == 1
    assert Pupil.objects.on_roll(TODAY).count() == 2


# --- who it is -----------------------------------------------------------------------------------------


def test_a_former_upn_finds_the_pupil(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    head = f"{HEAD},Former UPN"
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, upn=UPNS[7]) + f",{UPNS[1]}", head=head), desk.by)
    assert verdicts(batch) == {"changed": 1}
    pupil = Pupil.objects.get()
    assert (pupil.upn, pupil.former_upn) == (UPNS[7], UPNS[1])
    older = staged(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)  # a file from before the change
    assert verdicts(older) == {"same": 1}


def test_the_mis_number_finds_a_pupil_whose_upn_came_later(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1, upn="")), desk.by)
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    assert verdicts(batch) == {"changed": 1}
    assert Pupil.objects.get().upn == UPNS[1]


def test_a_like_name_is_only_ever_a_question(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    path = desk.csv(csv_row(2, surname="Test-1"))  # another UPN, another number, the same name and birth
    batch = staged(desk.world.oakfield, path, desk.by)
    assert verdicts(batch) == {"conflict": 1}
    assert "Is it the same pupil?" in row(batch, 2).reasons[0]
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert Pupil.objects.count() == 1


@pytest.mark.parametrize(("choice", "count"), [(Choice.SAME_PUPIL, 1), (Choice.NEW_PUPIL, 2)])
def test_twins_and_new_numbers_are_told_apart_by_a_person(desk: Desk, choice: Choice, count: int) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    batch = staged(desk.world.oakfield, desk.csv(csv_row(2, surname="Test-1")), desk.by)
    assert actions.decide(batch=batch, rows=None, choice=Choice.FILE, by=desk.by, on=TODAY) == 0  # no answer to who
    assert actions.decide(batch=batch, rows=None, choice=choice, by=desk.by, on=TODAY) == 1
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert Pupil.objects.count() == count
    assert Pupil.objects.filter(upn=UPNS[2]).exists()


def test_another_childs_upn_is_a_question(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1, forename="Olive", dob="01/03/2019")), desk.by)
    assert verdicts(batch) == {"conflict": 1}
    assert "first name and date of birth are others" in row(batch, 1).reasons[0]
    actions.decide(batch=batch, rows=None, choice=Choice.NEW_PUPIL, by=desk.by, on=TODAY)
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    assert verdicts(batch) == {"refused": 1}  # two pupils cannot have one UPN
    assert Pupil.objects.count() == 1


def test_a_list_without_names_only_updates(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    head = "StudentID,UPN,SENStatusCode,SENStatusDescription,StartDate,EndDate,InSENUnit,InResourcedProvision"
    rows = [f"60,{UPNS[1]},K,SEN Support,2026-01-05,,0,0", f"61,{UPNS[2]},K,SEN Support,2026-01-05,,0,0"]
    batch = applied(desk.world.oakfield, desk.csv(*rows, head=head), desk.by)
    assert batch.kind == "bromcom"
    assert verdicts(batch) == {"changed": 1, "refused": 1}
    assert "No pupil with this UPN is known here" in row(batch, 2).reasons[0]
    assert Pupil.objects.get().statuses.get().code == "K"


# --- moves ---------------------------------------------------------------------------------------------


def leaver(number: int = 1) -> PupilRecord:
    return PupilRecord(line=1, ordinal=1, upn=UPNS[number], surname=f"Test-{number}", forename="Jude", born_on=BORN)


def test_a_transfer_file_moves_a_pupil_with_the_whole_file(desk: Desk) -> None:
    world = desk.world
    applied(world.oakfield, desk.csv(csv_row(1, **SUPPORT)), desk.by)
    pupil = Pupil.objects.get()
    supports(world.tess, pupil)
    Tie.objects.create(person=world.ewa, pupil_id=pupil.pk, school=world.oakfield, kind="parent", since=TODAY)
    batch = staged(world.brookside, ctf_file(desk.folder / "m.xml", world.oakfield, world.brookside, leaver()), desk.by)
    assert verdicts(batch) == {"changed": 1}
    assert row(batch, 1).reasons[0] == "Moves from Oakfield Primary School to us."
    actions.apply(batch=batch, by=desk.by, on=TODAY)
    pupil.refresh_from_db()
    assert (pupil.school, pupil.entered_on, pupil.mis_id) == (world.brookside, TODAY, "")
    assert pupil.statuses.get().school == world.brookside
    assert pupil.needs.get().school == world.brookside
    assert Tie.objects.get(pupil_id=pupil.pk).school == world.brookside
    assert {deadline.school_id for deadline in Deadline.objects.filter(pupil_id=pupil.pk)} == {world.brookside.pk}
    assert pupil.enrolments.get(at=world.oakfield).until is not None
    assert pupil.enrolments.get(at=world.brookside).since == TODAY
    link = AdultLink.objects.get(pupil=pupil)
    assert (link.school, link.until) == (world.oakfield, date(2026, 11, 22))  # Tess reads no more from today
    with scope([world.brookside.pk]):
        assert Pupil.objects.filter(pk=pupil.pk).exists()
        assert Status.objects.filter(pupil=pupil).exists()
    with scope([world.oakfield.pk]):
        assert not Pupil.objects.filter(pk=pupil.pk).exists()
        assert not Status.objects.filter(pupil=pupil).exists()


def test_a_report_that_names_another_schools_pupil_asks_first(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    batch = applied(desk.world.brookside, desk.csv(csv_row(1)), desk.by)
    assert verdicts(batch) == {"conflict": 1}
    assert ["school", "Oakfield Primary School", "Brookside Primary School", True] in row(batch, 1).changes
    assert Pupil.objects.get().school == desk.world.oakfield


def test_a_move_can_be_undone(desk: Desk) -> None:
    world = desk.world
    applied(world.oakfield, desk.csv(csv_row(1, **SUPPORT)), desk.by)
    supports(world.tess, Pupil.objects.get())
    before = table_state()
    links = list(AdultLink.objects.values())
    moved = applied(
        world.brookside, ctf_file(desk.folder / "m.xml", world.oakfield, world.brookside, leaver()), desk.by
    )
    assert undo(moved, desk.by).kept == []
    after = table_state()
    assert list(AdultLink.objects.values()) == links
    for name in ("Contact", "Enrolment", "Membership", "Status", "Need", "LastSaid"):
        assert after[name] == before[name], name
    assert _but_version(after["Pupil"]) == _but_version(before["Pupil"])


def _but_version(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != "version"} for each in rows]


# --- undo ----------------------------------------------------------------------------------------------


def test_undo_removes_new_pupils_and_restores_changed_ones(desk: Desk) -> None:
    applied(desk.world.oakfield, desk.csv(csv_row(1, **SUPPORT)), desk.by)
    before = table_state()
    changed = {"surname": "Newname", "form": "5C", **SUPPORT, "sen_need_type": "HI"}
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1, **changed), csv_row(2, **SUPPORT)), desk.by)
    assert Pupil.objects.count() == 2
    undone = undo(batch, desk.by)
    assert (len(undone.pupils), undone.kept) == (2, [])
    after = table_state()
    for name in ("Contact", "Enrolment", "Membership", "Status", "Need", "LastSaid"):
        assert after[name] == before[name], name
    assert _but_version(after["Pupil"]) == _but_version(before["Pupil"])
    assert Event.objects.filter(kind="exchange.undone").count() == 1
    with pytest.raises(Refused, match="undone already"):
        undo(batch, desk.by)


def test_undo_keeps_and_names_a_pupil_somebody_worked_on(desk: Desk) -> None:
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1), csv_row(2), csv_row(3), csv_row(4)), desk.by)
    worked, edited, linked = (Pupil.objects.get(upn=UPNS[number]) for number in (1, 2, 3))
    history.record(kinds.CHANGED, by=desk.by, on=TODAY, pupil=worked.pk, school=worked.school_id, about=worked.pk)
    Pupil.objects.filter(pk=edited.pk).update(said_as="JOOD", version=2)
    supports(desk.world.tess, linked)
    undone = undo(batch, desk.by)
    assert {each.upn for each, _ in undone.kept} == {UPNS[1], UPNS[2], UPNS[3]}
    assert all("is kept as now" in reason for _, reason in undone.kept)
    assert set(Pupil.objects.values_list("upn", flat=True)) == {UPNS[1], UPNS[2], UPNS[3]}


def test_undo_of_the_older_of_two_files_is_kept_back(desk: Desk) -> None:
    first = applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    second = applied(desk.world.oakfield, desk.csv(csv_row(1, year="5")), desk.by)
    assert len(undo(first, desk.by).kept) == 1
    assert undo(second, desk.by).kept == []
    assert Pupil.objects.get().nc_year == "4"


def test_what_was_not_brought_in_cannot_be_undone(desk: Desk) -> None:
    batch = staged(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    with pytest.raises(Refused, match="has not been brought in"):
        undo(batch, desk.by)


# --- columns, permissions, leftovers -------------------------------------------------------------------


def test_a_schools_own_columns_are_remembered(desk: Desk) -> None:
    head = "UPN,Surname,Forename,DOB,Tutor"
    line = f"{UPNS[1]},Xu,Jude,22/06/2018,4W"
    batch = receive(desk.world.oakfield, desk.csv(line, head=head), desk.by)
    assert batch.matched_at is None
    with pytest.raises(Refused, match="never matched by name"):
        actions.match_columns(batch=batch, columns={"UPN": ""}, by=desk.by, on=TODAY)
    actions.match_columns(batch=batch, columns={"Tutor": "group"}, by=desk.by, on=TODAY)
    assert ColumnMap.objects.count() == 1
    assert receive(desk.world.oakfield, desk.csv(line, head=head), desk.by).matched_at
    assert receive(desk.world.brookside, desk.csv(line, head=head), desk.by).matched_at is None


def test_only_those_who_may_bring_pupils_in(desk: Desk) -> None:
    ben, chloe, gus = (desk.world.actor(name) for name in ("ben", "chloe", "gus"))
    path = desk.csv(csv_row(1))
    for nobody in (ben, chloe):
        with pytest.raises(NotAllowed):
            receive(desk.world.oakfield, path, nobody)
    batch = receive(desk.world.oakfield, path, gus)
    assert batch.uploaded_by == desk.world.gus


def test_files_that_no_batch_waits_for_are_swept_away(desk: Desk) -> None:
    batch = receive(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    lost = actions.stored_file(batch).with_name("lost")
    lost.write_text("x")
    assert actions.sweep(older_than=lost.stat().st_mtime - 60) == 0
    assert actions.sweep(older_than=lost.stat().st_mtime + 60) == 1
    assert not lost.exists()
    assert actions.stored_file(batch).exists()


def exported(desk: Desk, pupil: Pupil, to: Establishment) -> Path:
    path = desk.folder / "out.xml"
    with path.open("w", encoding="utf-8") as stream:
        count = actions.export_ctf(
            pupils=[pupil], to=to, stream=stream, made_at=datetime(2026, 11, 23, tzinfo=UTC), by=desk.by, on=TODAY
        )
    assert count == 1
    return path


def test_what_we_write_out_comes_back_in(desk: Desk) -> None:
    school, other = desk.world.oakfield, desk.world.brookside
    whole = PupilRecord(
        line=1, ordinal=1, upn=UPNS[1], surname="Xu", forename="Jude", preferred_surname="Xu",
        preferred_forename="Jude", born_on=BORN, sex="F", nc_year="4", enrol_status="C",
        sen=(SenPeriod(provision="K", start=date(2024, 1, 8)),), needs=(SenNeed(code="HI", rank=1),),
        contacts=(ContactRecord(order=1, surname="Xu", forename="Wei", responsible=True, address_as_pupil=False,
                                phones=(Phone(number="07700 900111", kind="M"),)),),
    )  # fmt: skip
    applied(school, ctf_file(desk.folder / "in.xml", school, school, whole), desk.by)
    out = exported(desk, Pupil.objects.get(), Establishment(la=other.la, number=other.establishment))
    items = list(read_ctf(out, name="out.xml", on=TODAY))
    record = next(item for item in items if isinstance(item, PupilRecord))
    assert replace(record, line=1, schools=None) == whole
    assert record.schools
    assert Event.objects.filter(kind="exchange.exported").count() == 1


def test_a_barred_contact_leaves_with_no_file(desk: Desk) -> None:
    pupil = a_pupil(desk.world.oakfield)
    a_class(desk.world.oakfield, pupil)
    Contact.objects.create(pupil=pupil, school=pupil.school, given="Bad", family="Actor", barred=True)
    text = exported(desk, pupil, Establishment()).read_text()
    assert pupil.upn in text
    assert "Actor" not in text


def test_a_batch_belongs_to_one_school_only(desk: Desk) -> None:
    batch = applied(desk.world.oakfield, desk.csv(csv_row(1)), desk.by)
    with scope([desk.world.brookside.pk]):
        assert not Batch.objects.exists()
        assert not Row.objects.exists()
    assert Batch.objects.get() == batch

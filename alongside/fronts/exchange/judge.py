"""From checked records to verdicts: who it is, what would change, and whether a person has to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.fronts.exchange import check
from alongside.fronts.exchange.compare import Change, Here, Known, Outcome, compare, targets, undated
from alongside.fronts.exchange.known import Finder, Found
from alongside.fronts.exchange.models import Choice, Verdict
from alongside.fronts.exchange.record import Establishment, FileHeader, PupilRecord


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for every row of a file."""

    here: Here
    on: date
    updates_only: bool = False
    source: Establishment | None = None
    destination: Establishment | None = None

    @property
    def is_transfer(self) -> bool:
        """The file itself says that its pupils come from another school to this one."""
        if self.source is None or self.destination is None:
            return False
        ends = [(end.la, end.number) for end in (self.source, self.destination)]
        return ends[0] != ends[1] and ends[1] == (self.here.la, self.here.establishment)


def meant_for_another(header: FileHeader, here: Here) -> str:
    """The name of the school that a file says it is for, when that is another than this one; "" otherwise."""
    source, destination = header.source, header.destination
    if destination is None or not here.la or not (destination.la or "").isdigit():
        return ""  # 'XXX XXXX' stands for a school that is not known yet
    if (destination.la, destination.number) == (here.la, here.establishment):
        return ""
    number = f"{destination.la} {destination.number or ''}".strip()
    itself = source is not None and (source.la, source.number) == (destination.la, destination.number)
    name = destination.name or (source.name if source and itself else "")
    return f"{name} ({number})" if name else f"the school {number}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What one record comes to."""

    record: PupilRecord
    verdict: Verdict
    known: Known | None
    outcome: Outcome
    reasons: tuple[str, ...]

    @property
    def changes(self) -> list[list[object]]:
        return [[each.field, each.ours, each.theirs, each.conflict] for each in self.outcome.changes]

    @property
    def learns(self) -> bool:
        """True when nothing changes, but what the file says was not known to come from a file."""
        said = self.known.said if self.known else {}
        return self.verdict is Verdict.SAME and self.outcome.writes.said != said


def judge(
    records: Sequence[PupilRecord],
    finder: Finder,
    context: Context,
    choices: Mapping[int, Choice] | None = None,
    *,
    preview: bool = False,
) -> list[Judged]:
    """Judge a chunk of records. `choices` are a person's decisions, by place in the chunk.

    A `preview` leaves out what to write about new pupils: all of it is new.
    """
    chosen = choices or {}
    return [_judge(found, context, chosen.get(at), preview) for at, found in enumerate(finder.find(records))]


def _judge(found: Found, context: Context, choice: Choice | None, preview: bool) -> Judged:
    record, known = found.record, found.known
    if found.maybe is not None and known is None:
        if choice is Choice.SAME_PUPIL:
            record, known = _joined(record, found.maybe), found.maybe
        elif choice is not Choice.NEW_PUPIL:
            return _asked(found, choice)
        elif record.upn and record.upn == found.maybe.values["upn"]:
            wrong = "Two pupils cannot have the same UPN: put it right in the MIS first."
            return Judged(record, Verdict.REFUSED, None, Outcome(), (*found.reasons, wrong))
    if known is None and (lacking := _cannot_be_new(record, context)):
        return Judged(record, Verdict.REFUSED, None, Outcome(), (*found.reasons, lacking))
    outcome = Outcome() if known is None and preview else _compare(record, known, context, choice)
    reasons = [*found.reasons, *outcome.reasons]
    if choice is Choice.LEAVE:
        return Judged(record, Verdict.CONFLICT, known, Outcome(), (*reasons, "Left out, as decided."))
    if not (known and known.needs) and (missing := check.needs_a_need(record, context.on)):
        reasons.append(missing.reason)
    if known is None and preview:
        reasons += [undated(code) for code, since, _ in targets(record.sen or ()) if since is None]
    if _lacks_plan(record, known, context.on):
        reasons.append(
            "The file does not carry the council and the dates of the EHC plan: enter them, so that the yearly review "
            "is counted."
        )
    return Judged(record, _verdict(known, outcome), known, outcome, tuple(dict.fromkeys(reasons)))


def _compare(record: PupilRecord, known: Known | None, context: Context, choice: Choice | None) -> Outcome:
    transfer, take_file = context.is_transfer, _take_file(choice)
    return compare(record, known, here=context.here, on=context.on, expected_move=transfer, take_file=take_file)


def _verdict(known: Known | None, outcome: Outcome) -> Verdict:
    if outcome.conflict:
        return Verdict.CONFLICT
    if known is None:
        return Verdict.NEW
    return Verdict.CHANGED if outcome.changes else Verdict.SAME


def _take_file(choice: Choice | None) -> bool | None:
    match choice:
        case Choice.FILE | Choice.SAME_PUPIL | Choice.NEW_PUPIL:
            return True
        case Choice.OURS:
            return False
        case _:
            return None


def _joined(record: PupilRecord, known: Known) -> PupilRecord:
    """The record of a pupil who turned out to be known under another number."""
    old = known.values.get("upn") or ""
    if record.upn and old and record.upn != old:
        return replace(record, former_upn=record.former_upn or old)
    return record


def _asked(found: Found, choice: Choice | None) -> Judged:
    outcome = Outcome(
        changes=[Change("pupil", found.maybe.values["upn"] if found.maybe else "", found.record.upn, True)]
    )
    reasons = (*found.reasons, "Left out, as decided.") if choice else found.reasons
    return Judged(found.record, Verdict.CONFLICT, found.maybe, outcome, reasons)


def _cannot_be_new(record: PupilRecord, context: Context) -> str | None:
    if context.updates_only:
        return "No pupil with this UPN is known here. Bring in a file with names first; this one has none."
    if not (record.surname and record.forename):
        return "No pupil with this UPN is known here, and the file gives no full name."
    if record.born_on is None:
        return "No pupil with this UPN is known here, and the file gives no date of birth."
    return None


def _lacks_plan(record: PupilRecord, known: Known | None, on: date) -> bool:
    now = check.current(record.sen or (), on)
    had = (
        any(each.code == "E" and (each.until is None or each.until >= on) for each in known.stretches)
        if known
        else False
    )
    return bool(now and now.provision == "E" and not had)

"""Where a pupil stands in the whole-school sweep: every pupil in one place, so that nobody is missed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stands(StrEnum):
    """One of these for every pupil, so that nobody is missed."""

    REGISTER = "register"
    CONCERN = "concern"
    FLAG = "flag"
    MONITORED = "monitored"
    CLEAR = "clear"
    UNKNOWN = "unknown"


STANDS_WORDS: Mapping[Stands, str] = {
    Stands.REGISTER: "On the register",
    Stands.CONCERN: "Concern open",
    Stands.FLAG: "Flag to answer",
    Stands.MONITORED: "Monitored",
    Stands.CLEAR: "Not flagged",
    Stands.UNKNOWN: "Nothing to go by",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a pupil on a day."""

    on_register: bool
    concern_open: bool
    flag_waiting: bool
    watched: bool
    judged: bool


def stands(facts: Facts) -> Stands:
    """Where a pupil stands: the first of these that holds."""
    order = (
        (facts.on_register, Stands.REGISTER), (facts.concern_open, Stands.CONCERN), (facts.flag_waiting, Stands.FLAG),
        (facts.watched, Stands.MONITORED), (facts.judged, Stands.CLEAR),
    )  # fmt: skip
    return next((state for holds, state in order if holds), Stands.UNKNOWN)

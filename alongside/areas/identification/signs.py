"""The four signs: which are on, what each would do in an invented trust, and what it did in this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Min, Q

from alongside.areas.assessment.models import Scale
from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.identification import rules
from alongside.areas.identification.models import Run, Switch
from alongside.areas.identification.queries import looked
from alongside.areas.identification.rules import Shown, Sign
from alongside.areas.register.models import Status
from alongside.base.pupils.models import Pupil
from alongside.progress.simulate import Setting, simulate_signs
from alongside.progress.suppression import is_small

SIMULATED = 200_000
RELIABILITY, SLOWED = 0.90, 0.10  # where the trust's own are not known
LEAST, MOST = 0.5, 0.99  # a reliability that the page takes


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign, whether it is on, what it would do in an invented trust, and what it did here."""

    sign: Sign
    words: str
    says: str
    is_on: bool
    since: date | None
    shown: Shown
    here_answered: int
    here_fired: int | None  # None where it is so small a number, or so nearly all, that pupils could be told from it


@dataclass(frozen=True, slots=True)
class PastSwitch:
    words: str
    since: date
    until: date | None
    by: str
    ended_by: str
    right: int | None


@dataclass(frozen=True, slots=True)
class SignsPage:
    reliability: float
    slowed: float
    lines: tuple[SignLine, ...]
    past: tuple[PastSwitch, ...]
    looked: str
    aside: tuple[str, ...]  # what was set aside, and why


def signs_page(*, on: date, reliability: float | None = None, slowed: float | None = None) -> SignsPage:
    """The four signs at a reliability and base rate; the trust's own where none are given."""
    reliability = reliability if reliability is not None else own_reliability()
    slowed = slowed if slowed is not None else own_rate(on)
    standing = {row.sign: row for row in Switch.objects.on(on)}
    counts = _counts()
    lines = tuple(
        SignLine(
            sign, rules.SIGN_WORDS[sign], rules.SIGN_SAYS[sign], sign in standing,
            standing[sign].since if sign in standing else None, shown_of(sign, reliability, slowed), *counts[sign],
        )
        for sign in Sign
    )  # fmt: skip
    past = Switch.objects.select_related("by", "ended_by")
    return SignsPage(reliability, slowed, lines, tuple(map(_past, past)), looked(), _aside())


def shown_of(sign: Sign, reliability: float, slowed: float) -> Shown:
    """What is shown of a sign: the same figures each time for the same two numbers."""
    return _simulated(reliability, slowed)[sign]


@lru_cache(maxsize=64)
def _simulated(reliability: float, slowed: float) -> Mapping[Sign, Shown]:
    setting = Setting(pupils=SIMULATED, reliability=reliability, slowed=slowed)
    return {
        Sign(one.rule): Shown(reliability, slowed, one.flagged, one.sensitivity, one.specificity, one.right, SIMULATED)
        for one in simulate_signs(setting)
    }


def own_reliability() -> float:
    """The lowest reliability among the scales that runs rest on, within what the page takes."""
    found = Scale.objects.filter(pk__in=Run.objects.filter(why_not="").values("scale")).aggregate(
        low=Min("reliability")
    )
    return min(MOST, max(LEAST, float(found["low"]))) if found["low"] is not None else RELIABILITY


def own_rate(on: date) -> float:
    """The share of pupils on the register, to the nearest hundredth: nobody knows who has truly slowed down."""
    pupils = Pupil.objects.on_roll(on).count()
    share = Status.objects.on(on).values("pupil").distinct().count() / pupils if pupils else SLOWED
    return min(0.5, max(0.02, round(share, 2)))


def _counts() -> Mapping[Sign, tuple[int, int | None]]:
    """How many were answered and fired in the newest runs; no small number of them."""
    runs = list(Run.objects.filter(why_not=""))
    last = max((run.order for run in runs), default=0)
    newest = [run.figures["signs"] for run in runs if run.order == last]
    told = {}
    for sign in Sign:
        answered, fired = (sum(one[sign][key] for one in newest) for key in ("answered", "fired"))
        told[sign] = (answered, None if is_small(fired, answered) else fired)
    return told


def _past(row: Switch) -> PastSwitch:
    right = row.shown.get("right")
    return PastSwitch(
        rules.SIGN_WORDS[Sign(row.sign)], row.since, row.until, row.by.formal,
        row.ended_by.formal if row.ended_by else "", None if right is None else round(100 * right),
    )  # fmt: skip


def _aside() -> tuple[str, ...]:
    runs = (
        Run.objects.filter(~Q(why_not="") | Q(new_scale=True))
        .select_related("scale")
        .order_by("-school_year", "pk")[:12]
    )
    return tuple(
        f"{run.point}, {SUBJECTS[run.subject].lower()}, {run.scale.name}: "
        f"{rules.WHY_NOT_WORDS[rules.WhyNot(run.why_not or 'new_scale')]}"
        for run in runs
    )

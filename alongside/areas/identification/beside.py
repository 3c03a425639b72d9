"""What the sweep lays beside concerns: a pupil's signs in the newest runs, and how many flags wait."""

from __future__ import annotations

from datetime import date

from alongside.areas.concerns.beside import Beside, Waits, beside_concern, beside_queue
from alongside.areas.identification import pupil as pages
from alongside.areas.identification import queries
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.models import Pupil


@beside_concern
def signs_of(actor: Actor, pupil: Pupil, on: date) -> Beside | None:
    """The four signs of each subject, asking first, and the gap over time of the first subject that asks."""
    if not actor.may(Permission.FLAGS_ANSWER, pupil.school_id):
        return None
    subjects = pages.subjects_of(pupil)
    if not subjects:
        return None
    asking = [one for one in subjects if any(sign.state == "at_risk" for sign in one.signs)]
    first = (asking or subjects)[0]
    charts = dict(first.charts)
    few = " ".join(filter(None, (first.peers, "This is not a diagnosis.")))
    return Beside(
        "What the results say", few, _lines(subjects), charts.get("gap") or charts.get("scores"), "All of it",
        f"/pupils/{pupil.pk}/progress/",
    )  # fmt: skip


@beside_queue
def flags_that_wait(actor: Actor, on: date) -> Waits | None:
    """How many pupils have a flag that this person may answer."""
    if not actor.may(Permission.FLAGS_ANSWER):
        return None
    number, late = queries.waiting(actor, on=on)
    if not number:
        return None
    pupils = f"{number} pupil{'' if number == 1 else 's'} {'has' if number == 1 else 'have'} a progress flag to answer"
    return Waits(f"{pupils}, {late} late." if late else f"{pupils}.", bool(late), "Open the flags", "/progress/")


def _lines(subjects: list[pages.Subject]) -> tuple[tuple[str, str, str], ...]:
    """What asks, each with its sentence; then in one line each what does not ask, and what cannot be said."""
    told = [(one.name, sign) for one in subjects for sign in one.signs]
    asks = [("at_risk", f"{name}: {sign.words.lower()}.", sign.says) for name, sign in told if sign.state == "at_risk"]
    rest = []
    for state, word in (("met", "Does not ask:"), ("not_evidenced", "Not enough to say:")):
        some = [f"{name.lower()}, {sign.words.lower()}" for name, sign in told if sign.state == state]
        if some:
            rest.append((state, word, f"{'; '.join(some)}."))
    return (*asks, *rest)

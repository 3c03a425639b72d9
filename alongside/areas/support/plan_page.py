"""The plan editor: one form of words and up to four outcomes, saved together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.transaction import atomic

from alongside.areas.support import actions, forms, rules
from alongside.areas.support.models import Outcome
from alongside.areas.support.queries import CyclePage, FamilyCopy, family_of
from alongside.base.access.actor import Actor
from alongside.design.words import year_day
from alongside.kit import Refused, Stale


class PlanPage:
    """What the editor shows and saves. `typed` is what was posted; `kept` an autosaved draft that was not sent."""

    def __init__(
        self,
        page: CyclePage,
        typed: Mapping[str, Any] | None,
        *,
        on: date,
        kept: Mapping[str, Any] | None = None,
    ) -> None:
        self.page, self.restored = page, bool(kept)
        data = typed if typed is not None else ({**kept, "version": page.cycle.version} if kept else None)
        self.words = forms.Plan(data, initial=forms.Plan.initial_of(page.cycle))
        needs = [row.code for row in page.cycle.pupil.needs.filter(until=None).order_by("rank")]
        self.outcomes = forms.outcome_forms(
            data, list(page.cycle.outcomes.all()), needs=needs, due=page.cycle.review_on or rules.latest_review(on)
        )
        self.posted = typed is not None

    def is_valid(self) -> bool:
        """True when something was posted and every part of it can be read."""
        return self.posted and self.words.is_valid() and all(form.is_valid() for form in self.outcomes)

    @atomic
    def save(self, *, by: Actor, on: date, send: bool = False) -> None:
        """Write words and outcomes, and hand them on. Raises Refused or Stale, and then nothing was written."""
        cycle = self.page.cycle
        version = self.words.cleaned_data["version"]
        actions.write_plan(cycle=cycle, draft=self.words.draft(cycle), version=version, by=by, on=on)
        for number, form in enumerate(self.outcomes, start=1):
            if form.is_blank:
                self._take_out(form.cleaned_data["id"], by, on)
                continue
            try:
                actions.set_outcome(cycle=cycle, draft=form.draft(), by=by, on=on)
            except Refused as refusal:
                name = refusal.field.rsplit("_", 1)[-1]
                raise Refused(refusal.reason, f"outcome_{number}_{name}") from None
        cycle._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # outcomes changed under it
        if send:
            actions.send_plan(cycle=cycle, by=by, on=on)

    def _take_out(self, outcome_id: int | None, by: Actor, on: date) -> None:
        """A panel that was emptied: its outcome goes."""
        for outcome in self.page.cycle.outcomes.all():
            if outcome.pk == outcome_id:
                actions.drop_outcome(outcome=outcome, by=by, on=on)

    def both(self, stale: Stale) -> list[tuple[str, str, str]]:
        """What stands now and what was typed, where they differ: the words, and the outcomes in their order."""
        names = {name: str(field.label) for name, field in forms.Plan.base_fields.items()}
        found = [(names[name], stale.theirs[name], stale.yours[name]) for name in names if name in stale.theirs]
        typed = [form.draft() for form in self.outcomes if not form.is_blank]
        standing = list(Outcome.objects.filter(cycle=self.page.cycle).order_by("number"))
        for number, (theirs, yours) in enumerate(zip_longest(standing, typed), start=1):
            found.append((f"Outcome {number}", _outcome_words(theirs), _outcome_words(yours)))
        return [(name, theirs, yours) for name, theirs, yours in found if theirs != yours]

    def put_error(self, refusal: Refused) -> None:
        forms.put_error(refusal.reason, refusal.field, self.words, self.outcomes)

    def context(self, key: str) -> dict[str, object]:
        """What the template prints."""
        page = self.page
        return {
            "page": page, "form": self.words, "outcomes": self.outcomes, "family": self._family(), "draft_key": key,
            "restored": self.restored, "page_title": f"Plan, {page.head.name}",
        }  # fmt: skip

    def _family(self) -> FamilyCopy:
        """The family copy of what is on the page now, saved or not."""
        if not self.words.is_bound:
            return self.page.family
        self.words.is_valid()
        text = self.words.cleaned_data
        shown = _Shown(text.get("strengths", []), text.get("difficulties", ""), text.get("home", ""))
        outcomes = [
            replace(
                _Outcome(),
                **{name: form.cleaned_data.get(name) or "" for name in ("text", "baseline", "measure", "target")},
            )
            for form in self.outcomes
            if form.is_valid() and not form.is_blank
        ]
        return family_of(shown, outcomes, self.page.lines, text.get("reading_reason", ""))


def _outcome_words(outcome: Outcome | actions.OutcomeDraft | None) -> str:
    if outcome is None:
        return ""
    due = year_day(outcome.due) if outcome.due else ""
    parts = (outcome.text, outcome.baseline, outcome.measure, outcome.target, due, outcome.need)
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Shown:
    strengths: list[str]
    difficulties: str
    home: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    text: str = ""
    baseline: str = ""
    measure: str = ""
    target: str = ""

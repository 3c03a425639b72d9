"""What the classroom's pages ask for. Forms clean; rules and actions decide."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from alongside.areas.classroom import rules
from alongside.areas.classroom.actions import BriefDraft
from alongside.areas.classroom.models import Brief
from alongside.design.fields import TypedDayField
from alongside.design.words import Side
from alongside.kit import Stale
from alongside.kit.fields import Lines


class BriefForm(forms.Form):
    """A brief, one thing a line. `version` is the version that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    own_words = forms.CharField(
        label="Own words", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the pupil said, word for word. Do not tidy it.",
    )  # fmt: skip
    own_words_on = TypedDayField(side=Side.PAST, label="Said on", required=False, help_text="For example, 6 Nov 2026.")
    helped_by = forms.CharField(
        label="Who helped", required=False, max_length=120, help_text="Leave empty when the pupil wrote it alone."
    )
    good_at = Lines(label="Good at", most=5, help_text="Two or more, one a line. They come before any need.")
    matters = Lines(label="What matters", required=False, most=5, help_text="One a line.")
    helps = Lines(
        label="What helps", most=6,
        help_text="What an adult does, one a line, the most important first. 'One instruction, then wait ten seconds.'",
    )  # fmt: skip
    avoid = forms.CharField(label="Avoid", required=False, max_length=200, help_text="The one thing not to do.")
    stuck = Lines(
        label="When stuck", required=False, most=5, help_text="What it looks like and what to do, one a line."
    )
    communication = forms.CharField(label="Communication", required=False, max_length=200)
    safety = forms.CharField(
        label="Safety", required=False, max_length=200,
        help_text="What everyone must know today: medicine, allergy, what to do. All are told at once when it changes.",
    )  # fmt: skip
    adjustments = Lines(label="Adjustments", required=False, most=6, help_text="One a line.")
    people = forms.CharField(label="People", required=False, max_length=200, help_text="Whom the pupil goes to.")
    may_name_diagnosis = forms.BooleanField(
        label="Family and pupil agreed that naming the diagnosis helps", required=False
    )
    what_changed = forms.CharField(
        label="What changed", required=False, max_length=200, help_text="So that nobody has to look for it."
    )

    @staticmethod
    def initial_of(brief: Brief | None) -> dict[str, object]:
        """The brief that stands, as the form shows it."""
        if brief is None:
            return {"version": 0}
        names = BriefDraft.__dataclass_fields__
        return {**{name: getattr(brief, name) for name in names}, "version": brief.number}

    def draft(self) -> BriefDraft:
        names = BriefDraft.__dataclass_fields__
        return BriefDraft(**{name: self.cleaned_data[name] for name in names})

    @classmethod
    def label_of(cls, name: str) -> str:
        return str(cls.base_fields[name].label)


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it about?", widget=forms.RadioSelect, initial=rules.NoteKind.BEHAVIOUR,
        choices=[(kind.value, words) for kind, words in rules.NOTE_WORDS.items()],
    )  # fmt: skip
    text = forms.CharField(
        label="What happened?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you saw, not what you think it is called.",
        error_messages={"required": "Write a few words."},
    )  # fmt: skip


class AnswerForm(forms.Form):
    action = forms.CharField(
        label="What was done?", max_length=200, help_text="Whoever wrote the note will read this.",
        error_messages={"required": "Say what was done, so that whoever wrote it knows."},
    )  # fmt: skip


class TapForm(forms.Form):
    """One tap: `used` is 'helped:<number>' or 'did not:<number>' of a thing that helps, counted from nought."""

    used = forms.RegexField(r"^(helped|did not):\d{1,2}$")

    def tap(self, helps: list[str]) -> tuple[str, bool] | None:
        """The strategy and whether it helped; None when the brief has no such line any more."""
        word, number = self.cleaned_data["used"].split(":")
        return (helps[int(number)], word == "helped") if int(number) < len(helps) else None


def again(typed: Mapping[str, str], stale: Stale) -> dict[str, str]:
    """What was typed, on top of the version that a colleague saved meanwhile."""
    return {**{name: typed[name] for name in typed}, "version": str(stale.version)}


def conflict(theirs: Mapping[str, str], yours: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """The fields in which two versions differ: name, label, theirs, yours."""
    return [
        (name, BriefForm.label_of(name), theirs[name], yours[name])
        for name in BriefForm.base_fields
        if name in theirs and theirs[name].strip() != yours[name].strip()
    ]

"""What is typed about flags and signs, cleaned. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.areas.concerns.rules import TRIED
from alongside.areas.identification import rules
from alongside.areas.identification.actions import AnswerDraft
from alongside.areas.identification.queries import AnswerPage
from alongside.areas.identification.rules import Answer
from alongside.areas.identification.signs import LEAST, MOST


class AnswerFlags(forms.Form):
    """Which flags, the answer, and what belongs to it."""

    flags = forms.MultipleChoiceField(
        label="Which flags?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the flags that this answers."},
    )  # fmt: skip
    answer = forms.ChoiceField(
        label="What do you say?", widget=forms.RadioSelect, choices=list(rules.ANSWER_WORDS.items()),
        error_messages={"required": "Choose an answer."},
    )  # fmt: skip
    seen = forms.CharField(
        label="What do you see?", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The figures stand here already. Add what you see yourself.",
    )  # fmt: skip
    tried = forms.MultipleChoiceField(
        label="What have you tried?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(words, words) for words in TRIED],
    )  # fmt: skip
    behind = forms.MultipleChoiceField(
        label="What lies behind it?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(rules.BEHIND_WORDS.items()),
    )  # fmt: skip
    reason = forms.CharField(label="In your words", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, page: AnswerPage, **kwargs: Any) -> None:
        first = {"flags": [str(flag.id) for flag in page.flags], "seen": page.seen}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.fields["flags"].choices = [(str(flag.id), flag.label) for flag in page.flags]  # type: ignore[attr-defined]

    def chosen(self) -> list[int]:
        return [int(flag) for flag in self.cleaned_data["flags"]]

    def draft(self) -> AnswerDraft:
        data = self.cleaned_data
        answer = Answer(data["answer"])
        shares = answer is Answer.CONFIRM
        return AnswerDraft(
            answer, "" if shares else data["reason"], data["behind"] if answer is Answer.EXPLAIN else (),
            data["seen"] if shares else "", data["tried"] if shares else (),
        )  # fmt: skip


class Look(forms.Form):
    """At which reliability and base rate the signs are looked at."""

    reliability = forms.FloatField(
        label="Reliability of the test", min_value=LEAST, max_value=MOST,
        error_messages={"required": "Give a number such as 0.9.", "invalid": "Give a number such as 0.9.",
                        "min_value": f"Give {LEAST} or more.", "max_value": f"Give {MOST} or less."},
        help_text=f"From its manual, from {LEAST} to {MOST}.",
    )  # fmt: skip
    slowed = forms.FloatField(
        label="Pupils who truly slow down, in 100", min_value=1, max_value=50,
        error_messages={"required": "Give a number such as 10.", "invalid": "Give a number such as 10.",
                        "min_value": "Give 1 or more.", "max_value": "Give 50 or less."},
        help_text="Nobody knows it. The share on your register stands here; try others.",
    )  # fmt: skip

    def values(self) -> dict[str, float]:
        """The arguments of the page, rounded so that a figure is worked out once."""
        data = self.cleaned_data
        return {"reliability": round(data["reliability"], 3), "slowed": round(data["slowed"] / 100, 3)}

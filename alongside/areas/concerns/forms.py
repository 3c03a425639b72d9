"""What is typed about a concern, cleaned into drafts. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.areas.concerns import rules
from alongside.areas.concerns.actions import ConcernDraft
from alongside.areas.concerns.queries import ConcernPage
from alongside.design.fields import TypedDayField
from alongside.design.words import Side

NOTHING, ELSE = "nothing", "else"


def _text(label: str, *, rows: int = 2, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


class Raise(forms.Form):
    """The 30-second concern: what was seen, what was tried, whether it helped."""

    seen = _text("What do you see?", rows=4, hint="What happened, not what you think it is called.")
    tried = forms.MultipleChoiceField(
        label="What have you tried?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[*((words, words) for words in rules.TRIED), (NOTHING, "Nothing yet"), (ELSE, "Else…")],
    )  # fmt: skip
    tried_else = forms.CharField(label="What else?", required=False, max_length=60)
    weeks = forms.IntegerField(
        label="For how many weeks?", required=False, min_value=1, max_value=99,
        error_messages={"invalid": "Give the weeks as a number.", "min_value": "Give 1 week or more.",
                        "max_value": "Give fewer than 100 weeks."},
    )  # fmt: skip
    helped = forms.ChoiceField(
        label="Did it help?", required=False, widget=forms.RadioSelect, choices=list(rules.HELPED_WORDS.items())
    )

    def clean_tried(self) -> list[str]:
        """'Nothing yet' beside something is an old tap, and goes."""
        chosen: list[str] = self.cleaned_data["tried"]
        return [value for value in chosen if value != NOTHING]

    def texts(self) -> tuple[str, str]:
        """Everything written in free words, as it was typed."""
        return self.data.get("seen", ""), self.data.get("tried_else", "")

    def draft(self) -> ConcernDraft:
        data = self.cleaned_data
        more = data["tried_else"].strip()
        tried = [value for value in data["tried"] if value != ELSE] + ([more] if more else [])
        weeks = data["weeks"]
        length = f"{weeks} week{'' if weeks == 1 else 's'}" if weeks and tried else ""
        return ConcernDraft(data["seen"], tried, length, data["helped"] if tried else "")


class Triage(forms.Form):
    """A decision, its reason for the file, and the answer that goes back: one prefilled for each decision."""

    decision = forms.ChoiceField(
        label="What happens next?", widget=forms.RadioSelect, error_messages={"required": "Choose what happens next."}
    )
    look_again_on = TypedDayField(side=Side.FUTURE, label="Look again on", required=False)
    reason = _text("Why? (for the file; whoever wrote does not see it)")

    def __init__(self, *args: Any, page: ConcernPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(c.code, c.words) for c in page.choices]  # type: ignore[attr-defined]
        self.fields["look_again_on"].initial = page.look_again
        for choice in page.choices:
            self.fields[f"answer_{choice.code}"] = forms.CharField(
                label=f"The answer to {page.who}", required=False, initial=choice.answer,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip

    def answer_of(self, code: str) -> forms.BoundField:
        """The answer that would go with a decision."""
        return self[f"answer_{code}"]

    def values(self) -> dict[str, Any]:
        """The arguments of the verb."""
        data = self.cleaned_data
        decision = rules.Decision(data["decision"])
        return {
            "decision": decision, "reason": data["reason"], "answer": data[f"answer_{decision}"],
            "look_again_on": data["look_again_on"],
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answer = f"answer_{self.cleaned_data.get('decision', '')}"
        if answer in self.fields and not self.cleaned_data.get(answer, "").strip():
            self.add_error(answer, rules.NO_ANSWER)
        return self.cleaned_data


class Part(forms.Form):
    note = _text("What did you find?", rows=5)

    def text(self) -> str:
        return str(self.cleaned_data["note"])

    @staticmethod
    def first_words(note: str) -> dict[str, object]:
        return {"note": note}


class EvidencePart(forms.Form):
    """Two kinds of evidence, each with what it shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in (1, 2):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label="First kind" if number == 1 else "Second kind", required=False,
                choices=[("", "Choose one"), *rules.EVIDENCE_WORDS.items()],
            )  # fmt: skip
            self.fields[f"says_{number}"] = _text("What does it show?", rows=3)

    def clean(self) -> dict[str, Any]:
        refusal = rules.may_join(*self._found())
        if refusal is not None:
            self.add_error(refusal.field, refusal.reason)
        return self.cleaned_data

    def _found(self) -> tuple[rules.Found, rules.Found]:
        data = self.cleaned_data
        first, second = (rules.Found(data.get(f"kind_{n}", ""), data.get(f"says_{n}", "")) for n in (1, 2))
        return first, second

    def text(self) -> str:
        return rules.join(*self._found())

    @staticmethod
    def first_words(note: str) -> dict[str, object]:
        found = rules.split(note)
        if not found:
            return {"says_1": note}
        numbered = enumerate(found[:2], start=1)
        return {
            name: value for n, one in numbered for name, value in ((f"kind_{n}", one.kind), (f"says_{n}", one.says))
        }


def part_form(part: rules.Part) -> type[Part] | type[EvidencePart]:
    """Evidence is asked for in two kinds, the other parts in one text."""
    return EvidencePart if part is rules.Part.EVIDENCE else Part

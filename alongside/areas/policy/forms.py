"""What is typed about the policy, cleaned. Nothing here saves, and no form has a field for a state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alongside.areas.policy import rules, shipped
from alongside.areas.policy.actions import ApprovalDraft, ReferenceDraft, VersionDraft
from alongside.areas.policy.models import Clause, Decided, Reference
from alongside.areas.policy.publishing import rules as published
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


def _text(label: str, hint: str = "", rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, help_text=hint, max_length=4_000, **more)


def _line(label: str, hint: str = "", most: int = 160, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, **more)


class _Said(forms.Form):
    """A form whose clean fields are what the verb asks for."""

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CorrectForm(_Said):
    month = TypedDayField(
        side=Side.FUTURE,
        label="By when is the next review?",
        help_text="Any day of its month, such as 30 September 2027.",
    )
    note = _text("Who decided this, and where is it written?")


class VersionForm(forms.Form):
    reference = _line("Reference", most=20)
    issue_on = TypedDayField(side=Side.FUTURE, label="Day of issue")
    next_review = TypedDayField(side=Side.FUTURE, label="Next review", help_text="Any day of its month.")

    def said(self) -> dict[str, Any]:
        return {"draft": VersionDraft(**self.cleaned_data)}


class ApprovalForm(forms.Form):
    body = _line("Which board approved it?", most=80)
    approved_on = TypedDayField(side=Side.PAST, label="On which day?")
    minute = _line("Minute", "Its number, so that it can be found.", most=80)

    def said(self) -> dict[str, Any]:
        return {"draft": ApprovalDraft(**self.cleaned_data)}


class SummariesForm(_Said):
    staff = _text("For staff", "What changed, and what they do differently from now on.", 6)
    family = _text("For families", "One thing a line, for a reading age of nine.", 6)
    easy = _text("Easy read", f"One short sentence a line, {rules.EASY_WORDS} words at most.", 6)


class NoteForm(_Said):
    note = _text("What was done about it?", "A sentence that somebody can look up in a year.")


class ReplyForm(_Said):
    reply = _text("Your answer", "It stays beside the comment, with the version.")


class CommentForm(_Said):
    says = _text("What do you think?", "It is kept with the version, with your name and role.", 5, required=False)
    declined = forms.BooleanField(label="I have nothing to add", required=False)


class CompleteForm(_Said):
    found = _text("What did the review find?", "Two or three sentences for the board.", 4)


class FlowchartForm(_Said):
    title = _line("Title", most=120)
    text = _text("Its steps as text", "One step a line, for whoever cannot see a drawing.", 8, required=False)
    workflow = forms.ChoiceField(label="Whose steps are they?", choices=list(rules.WORKFLOWS.items()))


def _duties(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.upper() for word in typed.replace(",", " ").split()))


class ClauseForm(forms.Form):
    title = _line("Title")
    duties = _line("Duties", "Their numbers, such as S04-03 S04-08.", most=400, required=False)

    def said(self) -> dict[str, Any]:
        return {"title": self.cleaned_data["title"], "duties": _duties(self.cleaned_data["duties"])}


class ReferenceForm(forms.Form):
    kind = forms.ChoiceField(label="What is it?", choices=Reference.Kind.choices, widget=forms.RadioSelect)
    title = _line("Title", "As its first page has it.")
    governs = _line("What does it govern here?")
    cited = _line("Year or edition that the policy cites", most=80, required=False)
    in_force = _line("Edition in force", most=80, required=False)
    superseded_by = _line("Superseded by", required=False)
    duties = _line("Duties that rest on it", "Their numbers, such as S01-18.", most=400, required=False)

    def said(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"draft": ReferenceDraft(**{**values, "duties": _duties(values["duties"])})}


class CheckForm(_Said):
    in_force = _line("Which edition is in force today?", most=80, required=False)
    superseded_by = _line("Superseded by", "Leave it empty while it is in force.", required=False)


class SectionForm(forms.Form):
    """A section of a review: a choice and a sentence for each clause, and one sentence for all the rest."""

    rest = _text("All clauses here that have no decision yet are kept, because", rows=2, required=False)

    def __init__(self, rows: Iterable[tuple[Clause, Decided | None]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        choices = [("", "No decision yet"), *((kept.value, words) for kept, words in rules.KEPT_WORDS.items())]
        for clause, decided in self.rows:
            self.fields[f"kept_{clause.number}"] = forms.ChoiceField(
                label=f"{clause.code} {clause.title}", choices=choices, required=False,
                initial=decided.kept if decided else "",
            )  # fmt: skip
            self.fields[f"says_{clause.number}"] = _line(
                f"Why, {clause.code}", most=400, required=False, initial=decided.says if decided else ""
            )

    def pairs(self) -> list[tuple[Clause, Any, Any]]:
        """Each clause with its two fields."""
        return [(clause, self[f"kept_{clause.number}"], self[f"says_{clause.number}"]) for clause, _ in self.rows]

    def said(self) -> dict[str, Any]:
        values = self.cleaned_data
        chosen = {
            clause.number: (values[f"kept_{clause.number}"], values[f"says_{clause.number}"])
            for clause, _ in self.rows
            if values[f"kept_{clause.number}"]
        }
        return {"decisions": chosen, "rest": values["rest"]}


class SheetForm(_Said):
    name = _line("First and family name", most=124)


class PartnerForm(_Said):
    name = _line("Who?", "A council, a board, an agency, a union.", most=120)
    kind = _line("What kind of partner?", "Such as local authority, health, union.", most=40)
    address = _line("Address", "Of the role, not of a person: inclusion.team@council.example.")


class AnswersForm(forms.Form):
    """The three questions of the check."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(shipped.questions(), start=1):
            self.fields[f"question_{number}"] = forms.TypedChoiceField(
                label=question.asks, choices=list(enumerate(question.answers)), coerce=int, widget=forms.RadioSelect
            )

    def said(self) -> dict[str, Any]:
        return {"answers": [self.cleaned_data[f"question_{n}"] for n, _ in enumerate(shipped.questions(), start=1)]}


class FileForm(forms.Form):
    """The approved file. Its content is looked at by a rule, whatever its name says."""

    file = forms.FileField(
        label="The file", help_text=f"A PDF or a Word document, {published.MOST_BYTES // 1_000_000} MB at most.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )  # fmt: skip
    reason = _line("Why does it change?", "Only where a file of the current version is there already.", required=False)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size and file.size > published.MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {published.MOST_BYTES // 1_000_000} MB. Make it smaller."
            )
        return file

    def said(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"name": file.name or "", "body": file.read(), "reason": self.cleaned_data["reason"]}


class WhereForm(_Said):
    address = _line("Address of the file", "As the browser shows it, with https:// in front.", most=400)

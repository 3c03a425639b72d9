"""What is typed about points, scales, results and development, cleaned into drafts. Nothing here saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.areas.assessment import rules
from alongside.areas.assessment.actions import DevelopmentDraft, PointDraft
from alongside.areas.assessment.files import FilePage
from alongside.areas.assessment.models import Point
from alongside.design.fields import TypedDayField
from alongside.design.words import Side
from alongside.kit.fields import Lines
from alongside.kit.numbers import whole
from alongside.kit.tables.forms import Asked, ColumnsForm, UploadForm
from alongside.law.calendar import academic_year
from alongside.law.codes import NC_YEARS, year_words

_YEARS = [(year, year_words(year)) for year in NC_YEARS if year == "R" or (year.isdecimal() and int(year) <= 13)]


class PointForm(forms.Form):
    """A point of the year. For whom is asked once: a point does not move from a school to the trust."""

    school = forms.ChoiceField(label="For which school?", required=False)
    season = forms.ChoiceField(label="Season", choices=[(s.value, rules.SEASON_WORDS[s]) for s in rules.Season])
    name = forms.CharField(
        label="Name", max_length=60, required=False, help_text="Leave it empty for the season and year: Autumn 2026."
    )
    opens_on = TypedDayField(label="Opens on", side=Side.NEAREST)
    due_on = TypedDayField(label="Results are due by", side=Side.NEAREST)

    def __init__(self, *args: Any, schools: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = schools  # type: ignore[attr-defined]
        if not schools:
            del self.fields["school"]

    @staticmethod
    def initial_of(point: Point) -> dict[str, object]:
        return {"name": point.name, "season": point.season, "opens_on": point.opens_on, "due_on": point.due_on}

    def draft(self, point: Point | None = None) -> PointDraft:
        """What to set; of a point that stands, whose it is stays."""
        clean = self.cleaned_data
        opens: date = clean["opens_on"]
        season = rules.Season(clean["season"])
        chosen = clean.get("school", "")
        name = clean["name"].strip() or f"{rules.SEASON_WORDS[season]} {opens.year}"
        school_id = point.school_id if point else whole(chosen)
        return PointDraft(name, season, academic_year(opens).starts_in, opens, clean["due_on"], school_id)


class SittingForm(forms.Form):
    subject = forms.ChoiceField(label="Subject", choices=[("", "Choose"), *rules.SUBJECTS.items()])
    scale = forms.TypedChoiceField(label="On which scale?", coerce=int)
    nc_years = forms.MultipleChoiceField(
        label="Which year groups?", choices=_YEARS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, scales: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale"].choices = scales  # type: ignore[attr-defined]


class ScaleForm(forms.Form):
    """A trust's own scale."""

    name = forms.CharField(label="What is it called?", max_length=80)
    kind = forms.ChoiceField(
        label="What kind of marks are they?",
        choices=[(kind.value, words) for kind, words in rules.KIND_WORDS.items() if kind is not rules.Kind.PROSE],
        widget=forms.RadioSelect,
    )
    low = forms.DecimalField(label="Lowest score", required=False, max_digits=6, decimal_places=1)
    high = forms.DecimalField(label="Highest score", required=False, max_digits=6, decimal_places=1)
    steps = Lines(
        label="Steps",
        required=False,
        most=40,
        longest=8,
        help_text="For steps in an order: from the lowest up, one a line.",
    )
    letters = Lines(
        label="Letters in place of a mark", required=False, most=20, longest=60,
        help_text="One a line, with what it means: A absent",
    )  # fmt: skip
    mean = forms.DecimalField(label="Mean", required=False, max_digits=6, decimal_places=1)
    sd = forms.DecimalField(label="Standard deviation", required=False, max_digits=5, decimal_places=1)
    reliability = forms.DecimalField(
        label="Reliability", required=False, max_digits=4, decimal_places=3,
        help_text="From the test’s manual, as 0.92. Without it nothing can be said about chance.",
    )  # fmt: skip

    def draft(self) -> rules.ScaleDraft:
        clean = self.cleaned_data
        parts = [line.split(maxsplit=1) for line in clean["letters"]]
        letters = tuple((part[0], part[1] if len(part) > 1 else "no mark") for part in parts)
        return rules.ScaleDraft(
            clean["name"].strip(), rules.Kind(clean["kind"]), clean["low"], clean["high"], clean["mean"], clean["sd"],
            clean["reliability"], tuple(clean["steps"]), letters,
        )  # fmt: skip


class Manual(forms.Form):
    """The reliability as a test's manual has it."""

    reliability = forms.DecimalField(label="Reliability", max_digits=4, decimal_places=3, help_text="As 0.92.")
    where = forms.CharField(label="Which manual, and which page?", max_length=160)


class SatOn(forms.Form):
    """The day on which a class sat it."""

    day = TypedDayField(label="Sat on", side=Side.PAST)


class Upload(UploadForm):
    says = "CSV or Excel, one row a pupil, with the UPN or the name and a column for each subject."


class Columns(ColumnsForm):
    """What each column of a file is."""

    def __init__(self, *args: Any, page: FilePage, **kwargs: Any) -> None:
        asked = [Asked(column.key, column.heading, column.taken, column.sample) for column in page.columns]
        super().__init__(*args, columns=asked, choices=page.choices, **kwargs)

    @property
    def columns(self) -> Mapping[str, str]:
        """Place of the column → what it is."""
        return {key.removeprefix("column-"): field for key, field in self.cleaned_data.items()}


class DevelopmentForm(forms.Form):
    area = forms.ChoiceField(label="Which area?", error_messages={"required": "Choose the area."})
    words = forms.CharField(
        label="What did you see?", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=2_000,
        help_text="What the pupil did, where, for how long.",
    )  # fmt: skip
    step = forms.ChoiceField(
        label="Compared with the last time", choices=[(s.value, rules.STEP_WORDS[s]) for s in rules.Step],
        widget=forms.RadioSelect, error_messages={"required": "Say how it compares with the last time."},
    )  # fmt: skip
    help = forms.CharField(label="With whose help, or with what?", required=False, max_length=160)
    seen_on = TypedDayField(label="Seen on", side=Side.PAST, required=False, help_text="Today, if you leave it empty.")

    def __init__(self, *args: Any, areas: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Choose"), *areas]  # type: ignore[attr-defined]

    def draft(self) -> DevelopmentDraft:
        clean = self.cleaned_data
        return DevelopmentDraft(clean["area"], clean["words"], clean["step"], clean["help"], clean["seen_on"])

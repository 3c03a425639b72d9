"""What is typed about training, cleaned. Nothing here saves. The form of appraisals has ticks and no field for words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from alongside.areas.training import rules
from alongside.areas.training.actions import CoachingDraft, CourseDraft
from alongside.design.fields import TypedDayField
from alongside.design.words import Side


def _text(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=hint, required=required, widget=widget, max_length=1_000)


class LevelsForm(forms.Form):
    """A level for each area; an area that is left alone is not rated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Not rated"), *((str(level.value), words) for level, words in rules.LEVEL_WORDS.items())]
        for number, words in enumerate(rules.AREAS.values()):
            self.fields[f"area_{number}"] = forms.TypedChoiceField(
                label=words, choices=choices, required=False, coerce=int, empty_value=None
            )

    def levels(self) -> dict[str, int]:
        typed = ((area, self.cleaned_data[f"area_{number}"]) for number, area in enumerate(rules.AREAS))
        return {area: level for area, level in typed if level is not None}


class ColleagueForm(forms.Form):
    given = forms.CharField(label="First name", max_length=60)
    family = forms.CharField(label="Family name", max_length=60)
    group = forms.ChoiceField(
        label="Part of the staff", choices=list(rules.GROUP_WORDS.items()), initial=rules.Group.LUNCH
    )


class LeftForm(forms.Form):
    last_day = TypedDayField(side=Side.PAST, label="Last day")


class CoachingForm(forms.Form):
    team = forms.CharField(label="Department or year team", max_length=60)
    how = forms.ChoiceField(label="How", choices=list(rules.COACHED_WORDS.items()))
    area = forms.ChoiceField(label="About", choices=list(rules.AREAS_AND_ALL.items()), required=False)
    people = forms.IntegerField(label="How many colleagues", min_value=1, max_value=500)
    day = TypedDayField(side=Side.PAST, label="On")

    def draft(self) -> CoachingDraft:
        return CoachingDraft(**self.cleaned_data)


class CourseForm(forms.Form):
    title = forms.CharField(label="Name of the course", max_length=120)
    provider = forms.CharField(label="Who gives it", max_length=120)
    area = forms.ChoiceField(label="Area of need", choices=list(rules.AREAS_AND_ALL.items()), required=False)
    aim = forms.ChoiceField(label="What it is for", choices=list(rules.AIM_WORDS.items()))
    depth = forms.ChoiceField(label="How deep", choices=list(rules.DEPTH_WORDS.items()))
    audience = forms.MultipleChoiceField(
        label="For whom", choices=list(rules.GROUP_WORDS.items()), widget=forms.CheckboxSelectMultiple
    )
    need = _text("Which need it answers", "Without this and the next two the course stays a draft. No pupil’s name.")
    objective = _text("What people can do after it")
    evaluation = _text("How we will see whether it helped")

    def draft(self) -> CourseDraft:
        return CourseDraft(**self.cleaned_data)


class DayForm(forms.Form):
    held_on = TypedDayField(side=Side.FUTURE, label="Day")
    place = forms.CharField(label="Place", max_length=80, required=False)


class PeopleForm(forms.Form):
    """Colleagues ticked in a list."""

    people = forms.TypedMultipleChoiceField(label="Colleagues", coerce=int, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class ChangedForm(forms.Form):
    words = forms.CharField(
        label="What do you do differently since?", widget=forms.Textarea(attrs={"rows": 4}), max_length=1_000,
        help_text="One thing is enough. No pupil’s name.",
    )  # fmt: skip


class TicksForm(forms.Form):
    """Ticks beside colleagues. Whatever else is sent is refused, not ignored: words about an appraisal stay out."""

    def __init__(self, data: Any, *, staff: Iterable[int]) -> None:
        super().__init__(data)
        self._staff = frozenset(staff)

    def clean(self) -> dict[str, Any]:
        values = self.data.getlist("person") if self.data else []  # type: ignore[attr-defined]
        refusal = rules.check_tick(list(self.data), values, self._staff)
        if refusal is not None:
            raise forms.ValidationError(refusal.reason)
        return {"people": frozenset(map(int, values))}


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label="What we do", choices=list(rules.ANSWER_WORDS.items()), widget=forms.RadioSelect)
    course = forms.TypedChoiceField(label="Which course", coerce=int, empty_value=None, required=False)
    reason = _text("What else is done, or why not now")

    def __init__(self, *args: Any, courses: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", "None"), *courses]  # type: ignore[attr-defined]


class LineForm(forms.Form):
    person = forms.TypedChoiceField(label="Who", coerce=int, empty_value=None)
    executive = forms.TypedChoiceField(label="Line executive", coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, team: Sequence[tuple[int, str]], executives: Mapping[int, str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *team]  # type: ignore[attr-defined]
        self.fields["executive"].choices = [("", "Choose"), *executives.items()]  # type: ignore[attr-defined]

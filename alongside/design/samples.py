"""What the /design pages show. Every person, school and figure is invented."""

import datetime as dt
from dataclasses import dataclass

from django import forms

from alongside.design.fields import DayField, TypedDayField

MONDAY = dt.date(2026, 11, 23)

ANSWERS = (("agrees", "Mum agrees"), ("change", "Mum asks for a change"), ("disagrees", "Mum disagrees"))
TRIED = (
    ("print", "Bigger print"),
    ("seat", "Moved seat"),
    ("broke", "Broke it up"),
    ("pairs", "Paired reading"),
    ("nothing", "Nothing yet"),
)
WENT = (("hard", "Hard today"), ("some", "Some of it"), ("well", "Went well"))


class PlanSample(forms.Form):
    """A form with every kind of field."""

    tell = forms.CharField(
        label="How will we tell?",
        help_text="Something two people would count the same way.",
        error_messages={"required": "Say how we will tell. Without it nobody can judge this outcome in December."},
    )
    words = forms.CharField(label="What was said, in a line or two", widget=forms.Textarea, required=False)
    adult = forms.ChoiceField(
        label="Key adult", choices=(("", "Choose"), ("iqbal", "Mrs Iqbal"), ("doyle", "Mr Doyle"))
    )
    answer = forms.ChoiceField(label="What does the family say?", widget=forms.RadioSelect, choices=ANSWERS)
    change = forms.CharField(label="What would they change?", required=False)
    copies = forms.MultipleChoiceField(
        label="Who gets a copy?",
        widget=forms.CheckboxSelectMultiple,
        choices=(("family", "The family"), ("teacher", "The class teacher"), ("therapist", "The speech therapist")),
    )
    agreed = forms.BooleanField(label="I have read this to the family", required=True)
    meeting = DayField(label="When is the review?", help_text="For example, 11 12 2026.")
    letter = TypedDayField(label="Date on the letter", help_text="As you would write it: 12 Oct 2026.", required=False)
    paper = forms.FileField(label="The letter itself", required=False)


class ConcernSample(forms.Form):
    """Choices as a thumb finds them."""

    tried = forms.MultipleChoiceField(label="What have you tried?", widget=forms.CheckboxSelectMultiple, choices=TRIED)
    helped = forms.ChoiceField(
        label="Did it help?", widget=forms.RadioSelect, choices=(("yes", "Yes"), ("little", "A little"), ("no", "No"))
    )
    kuba = forms.ChoiceField(label="Kuba", widget=forms.RadioSelect, choices=(("here", "Here"), ("away", "Not here")))
    hana = forms.ChoiceField(label="Hana", widget=forms.RadioSelect, choices=(("here", "Here"), ("away", "Not here")))
    went = forms.ChoiceField(label="How did it go?", widget=forms.RadioSelect, choices=WENT)


@dataclass(frozen=True)
class Colour:
    name: str
    token: str
    says: str


@dataclass(frozen=True)
class Cycle:
    number: int
    when: str
    stages: tuple[tuple[str, str], ...]
    is_now: bool
    aim_label: str
    aim: str
    result_state: str
    result_word: str
    result: str
    change: str


@dataclass(frozen=True)
class Work:
    """A row of a work list."""

    kind: str
    head: str
    line: str
    who: str
    what: str
    reason: str
    progress: str
    action: str


@dataclass(frozen=True)
class Pupil:
    """A row of the register."""

    name: str
    group: str
    status: str
    word: str
    area: str
    code: str
    need: str
    cycle: str
    next: str
    why: str
    late: str
    given: int
    promised: int
    adult: str
    checked: str
    checked_state: str
    chosen: bool = False


ASSESS = ("Assess", "done"), ("Plan", "done"), ("Do", "done"), ("Review", "done")
NOW = ("Assess", "done"), ("Plan", "done"), ("Do", "now"), ("Review", "to_come")


@dataclass(frozen=True)
class DesignPage:
    """Everything the component sheet prints."""

    plan: PlanSample
    wrong: PlanSample
    concern: ConcernSample
    today: dt.date = MONDAY
    colours: tuple[Colour, ...] = (
        Colour("Damson", "damson", "brand, links, the one main action; 11.03 on paper"),
        Colour("Damson 800", "damson-800", "pressed; 13.79"),
        Colour("Ink", "ink", "text; 16.83"),
        Colour("Ink 2", "ink-2", "reasons; 9.49"),
        Colour("Ink 3", "ink-3", "quiet facts; 6.49"),
        Colour("Line strong", "line-strong", "edges of controls; 4.11"),
        Colour("Primrose", "primrose", "the family sees this; nothing else"),
        Colour("Late", "late", "a date has gone, a form is wrong; 7.50"),
        Colour("Risk", "risk", "at risk, today; 6.86"),
        Colour("Met", "met", "met, saved; 6.84"),
        Colour("Kingfisher", "focus", "you are here; nothing else; 6.60"),
    )
    states: tuple[str, ...] = ("met", "due", "at_risk", "overdue", "not_evidenced", "not_applicable")
    needs: tuple[str, ...] = ("communication", "learning", "feelings", "body", "none")
    stages: tuple[tuple[str, str], ...] = NOW
    cycles: tuple[Cycle, ...] = (
        Cycle(1, "5 Nov 2025 to 27 Feb 2026", ASSESS, False, "Aim:", "follow a two-part instruction", "met", "Met",
              "2 of 10 to 8 of 10", "Change: moved from pairs to a group of four"),
        Cycle(2, "2 Mar to 10 July", ASSESS, False, "Aim:", "use 40 new topic words in talk", "at_risk", "Partly",
              "6 to 23 words", "Change: words previewed daily, with home language"),
        Cycle(3, "2 Sept to 11 Dec, week 12 of 15", NOW, True, "Aims:",
              "tell a story in order; ask for help himself; play with two friends at lunch", "", "So far:",
              "story 3 to 5 parts; asks for help 1 to 4 times a week; lunch not yet",
              "Mum agrees to two; wants talking group before lunch, not after"),
    )  # fmt: skip
    events: tuple[tuple[str, str, str, str, str], ...] = (
        ("22 Nov", "family", "Ms Kowalska", "agreed two outcomes, asked to change one", "checked by Mrs Nowicka"),
        ("18 Nov", "staff", "Mr Whitlock", "changed the brief: “wait ten seconds”", "5 of 6 adults have confirmed it"),
        ("12 Nov", "outside", "Jo Fenn", "sent a speech and language report", "4 pages"),
        ("6 Nov", "family", "Kuba", "chose pictures for “playing” and “too loud”", "no adult changed anything"),
    )  # fmt: skip
    tracked: tuple[tuple[str, str], ...] = (
        ("Access to", "out"), (" ", ""), ("15 minutes, twice each school day, of", "in"),
        (" planned movement breaks", ""), (" as required", "out"), (", led by ", ""), ("an adult", "out"), (" ", ""),
        ("a teaching assistant trained in his sensory plan", "in"), (".", ""),
    )  # fmt: skip
    agenda: tuple[tuple[str, int, str], ...] = (
        ("Welcome, who is here", 2, "done"), ("Theo’s film and his words", 6, "done"),
        ("Outcomes and provision", 18, "now"), ("Secondary school, from Sept 2027", 10, "to_come"),
    )  # fmt: skip
    heat: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
        ("Support and its effect", (("at_risk", "78"), ("met", "90"), ("met", "91"), ("not_evidenced", ""))),
        ("Legal dates and EHC plans", (("overdue", "92"), ("met", "100"), ("due", "88"), ("not_applicable", ""))),
    )


@dataclass(frozen=True)
class TodayPage:
    """The SENCO's first page, as a sample of a whole page."""

    on: dt.date = MONDAY
    legal: tuple[Work, ...] = (
        Work("late", "5 days late", "due Wed 18 Nov", "Jac Prosser", "annual review report to the council and family",
             "Due 18 Nov because the meeting was on 4 Nov and the report follows within 2 weeks. "
             "Your headteacher was told on 19 Nov.",
             "All sections written. Not sent", "Check and send"),
        Work("today", "Today", "by midnight", "Maryam Osei", "advice to the council for her needs assessment",
             "Request dated 12 Oct, plus 6 weeks (42 days). The letter reached us on 15 Oct; "
             "that does not move the date.",
             "5 of 6 in. Waiting for Mr Whitlock, maths", "Finish advice"),
        Work("date", "Fri 27 Nov", "4 days left", "Child C-114", "draft plan from Tansfordshire, our reply",
             "Arrived 13 Nov, plus 15 days, is Sat 28 Nov. We aim for the working day before. "
             "Child is not on our roll.",
             "9 of 14 lines answered", "Carry on"),
        Work("date", "Mon 30 Nov", "5 school days left", "Elsie Thorne", "papers out for her annual review",
             "Meeting is on 14 Dec. Papers go 2 weeks before, so everyone has time to read them.",
             "3 of 4 reports in", "Chase last one"),
    )  # fmt: skip
    promises: tuple[Work, ...] = (
        Work("date", "Today", "10th school day", "Kuba Kowalski", "answer his mum about the talking group",
             "Ms Kowalska asked for a change on 9 Nov. We answer within 10 school days. She reads Polish.",
             "Draft saved Friday", "Finish answer"),
        Work("date", "Wed 25 Nov", "2 school days", "Amara Bello", "tell Mr Bello what happened to his worry",
             "He wrote on 11 Nov about reading at home. You chose to screen; nobody has told him yet.",
             "Decision made", "Tell him"),
        Work("date", "Fri 27 Nov", "4 school days", "Year 5 swimming", "who goes with Ravi Sandhu",
             "His plan promises an adult he knows. Swimming is 1 Dec; he is told 2 school days before.",
             "No cover yet", "Choose adult"),
    )  # fmt: skip


@dataclass(frozen=True)
class RegisterPage:
    """The register, as a sample of a dense page."""

    pupils: tuple[Pupil, ...] = (
        Pupil("Amara Bello", "2H", "K", "Support", "communication", "SLCN", "Speech and language", "2 Do",
              "Review 11 Dec", "term after 1 Sep plan", "", 91, 100, "Mrs Iqbal", "12 Nov", "met"),
        Pupil("Jayden Cole", "5C", "K", "Support", "feelings", "SEMH", "Emotions, mental health", "1 Do",
              "Review 4 Dec", "12 weeks from plan", "", 85, 100, "Mr Doyle", "9 Nov", "met"),
        Pupil("Ines Duarte", "5C", "K", "Support", "learning", "SPLD", "Specific learning difficulty", "3 Do",
              "Review 11 Dec", "term after 1 Sep plan", "", 57, 100, "Mrs Iqbal", "2 Jul, old", "at_risk", True),
        Pupil("Billy Frost", "6A", "K", "Support", "feelings", "SEMH", "Emotions, mental health", "2 Review",
              "Review today", "16 weeks is the limit", "at_risk", 91, 100, "Ms Oakes", "16 Nov", "met"),
        Pupil("Kuba Kowalski", "4W", "K", "Support", "communication", "SLCN", "Speech and language", "3 Do",
              "Review 11 Dec", "term after 2 Sep plan", "", 77, 100, "Mrs Iqbal", "18 Nov", "met"),
        Pupil("Theo Lark", "6A", "E", "Plan", "communication", "ASD", "Autism", "2 Do",
              "Annual review today", "12 weeks before 15 Feb", "at_risk", 93, 100, "Ms Oakes", "6 Nov", "met"),
        Pupil("Dylan Marsh", "3P", "N", "None", "", "", "Concern open, not on register", "",
              "Triage 25 Nov", "10 school days", "", 0, 0, "Miss Pryce", "", ""),
        Pupil("Noah Petrie", "2H", "K", "Support", "none", "", "No main need recorded", "1 Do",
              "Fix by 30 Nov", "census data check", "", 75, 100, "Mrs Iqbal", "never", "not_evidenced", True),
        Pupil("Jac Prosser", "6A", "E", "Plan", "body", "HI", "Hearing impairment", "2 Do",
              "Report 5 days late", "2 weeks from 4 Nov", "overdue", 97, 100, "Ms Oakes", "4 Nov", "met"),
    )  # fmt: skip


LANGUAGES = (
    ("en-GB", "English", "?", True),
    ("pl", "Polski", "?in=pl", False),
    ("ar", "العربية", "?in=ar", False),
)
HELP_LINES = (
    ("Ring us: 01632 960 118", ""),
    ("Ask for an interpreter", "#"),
    ("Help from someone outside school", "#"),
)
SAY = {
    "skip": "Go to the main part",
    "back": "Back:",
    "language": "Language",
    "hear": "Hear this page",
    "stop": "Stop",
    "slower": "Slower",
    "bigger": "A+ Bigger",
}


def design_page() -> DesignPage:
    """The component sheet, with one form at rest and one that was sent wrong."""
    wrong = PlanSample(
        {
            "words": "Ms Brandt asked who trains the assistant.", "answer": "agrees", "copies": ["family"],
            "meeting_day": "31", "meeting_month": "11", "meeting_year": "2026", "letter": "the twelfth",
            "adult": "iqbal", "agreed": "on",
        },
        auto_id="wrong_%s",
    )  # fmt: skip
    wrong.is_valid()
    concern = ConcernSample(
        initial={"tried": ["print", "seat"], "helped": "little", "kuba": "here", "hana": "away", "went": "well"}
    )
    plan = PlanSample(initial={"answer": "change", "meeting": dt.date(2026, 12, 11), "letter": dt.date(2026, 10, 12)})
    return DesignPage(plan=plan, wrong=wrong, concern=concern)

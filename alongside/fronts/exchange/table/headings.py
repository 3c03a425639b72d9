"""Which column is which: the headings that systems write, and how sure a match is.

The known headings are those of SIMS, Bromcom, Arbor and Wonde exports and of common spreadsheets. A
heading that is not known is left out, unless every value under it can only be one thing (a UPN).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alongside.fronts.exchange import words
from alongside.fronts.exchange.words import plain
from alongside.law import upn

# What a column may be matched to, in the order a person is offered them.
FIELDS: tuple[str, ...] = (
    "upn", "former_upn", "mis_id", "uln", "surname", "forename", "full_name", "middle_names",
    "preferred_surname", "preferred_forename", "born_on", "sex", "nc_year", "group", "enrol_status",
    "entered_on", "left_on", "ethnicity", "language", "eal", "fsm", "fsm_ever_6", "pupil_premium", "in_care",
    "ever_in_care", "service_child", "sen_provision", "sen_start", "sen_end", "sen_unit", "sen_resourced",
    "need_type", "need_rank", "need_start", "need_end", "primary_need", "secondary_need",
    "attendance_percent", "email", "phone", "address", "postcode",
)  # fmt: skip

_SURE: Mapping[str, tuple[str, ...]] = {
    "upn": ("UPN", "Unique Pupil Number", "Pupil UPN", "Student UPN", "UPN Number"),
    "former_upn": ("Former UPN", "Previous UPN"),
    "mis_id": ("Adno", "Admission Number", "Admission No", "Adm No", "Admin No", "MIS ID", "MIS Id",
               "Arbor Student ID", "Student ID", "StudentID", "Pupil ID", "Wonde ID", "Bromcom ID"),
    "uln": ("ULN", "Unique Learner Number"),
    "surname": ("Surname", "Legal Surname", "Last Name", "Legal Last Name", "Family Name", "Pupil Surname",
                "Student Surname", "Legal Family Name"),
    "forename": ("Forename", "Legal Forename", "First Name", "Legal First Name", "Given Name", "Pupil Forename",
                 "Student Forename", "Forename(s)", "Legal Given Name"),
    "full_name": ("Name", "Pupil Name", "Student Name", "Full Name", "Pupil", "Student"),
    "middle_names": ("Middle Name", "Middle Names", "Middle Name(s)"),
    "preferred_surname": ("Preferred Surname", "Preferred Last Name", "Chosen Surname", "Known As Surname"),
    "preferred_forename": ("Preferred Forename", "Preferred First Name", "Preferred Name", "Known As",
                           "Chosen Forename", "Chosen Name"),
    "born_on": ("DOB", "Date of Birth", "Birth Date", "Birthdate", "D.O.B.", "Date Of Birth (dd/mm/yyyy)"),
    "sex": ("Sex", "Gender", "Legal Sex", "M/F"),
    "nc_year": ("Year", "Year Group", "NC Year", "NCY", "Year taught in", "Curriculum Year", "Current NC Year",
                "NC Year Actual", "NCyearActual", "Yr", "National Curriculum Year", "Academic Level", "Year Gp"),
    "group": ("Reg", "Reg Group", "Registration Group", "Form", "Form Group", "Tutor Group", "Class",
              "Registration Form", "Reg Form", "Class Name", "Registration", "Form/Class", "Tutor Grp"),
    "enrol_status": ("Enrolment Status", "Enrol Status", "EnrolStatus"),
    "entered_on": ("Entry Date", "Date of Admission", "Admission Date", "Start Date at School", "Date of Entry",
                   "Enrolment Date", "DOA", "Most Recent Entry Date"),
    "left_on": ("Leaving Date", "Date of Leaving", "Leave Date", "DOL"),
    "ethnicity": ("Ethnicity", "Ethnicity Code", "Ethnic Origin"),
    "language": ("First Language", "First Language Code", "Home Language", "Language", "Native Language"),
    "eal": ("EAL", "English as an Additional Language", "EAL Status", "Is EAL"),
    "fsm": ("FSM", "FSM Eligible", "Free School Meals", "Eligible for Free Meals", "FSM Eligibility",
            "Free School Meal"),
    "fsm_ever_6": ("FSM6", "Ever 6", "FSM Ever 6", "Free School Meals 6", "Ever6 FSM", "FSM Ever6"),
    "pupil_premium": ("Pupil Premium", "Pupil Premium Indicator", "PP", "Disadvantaged", "Premium",
                      "Is Pupil Premium", "PP Eligible", "Pupil Premium Eligible", "Premium Pupil Indicator"),
    "in_care": ("In LEA Care", "In Care", "LAC", "Looked After", "CLA", "In LA Care", "Looked After Child",
                "Child Looked After"),
    "ever_in_care": ("Ever In Care", "PLAC", "Previously Looked After", "Post Looked After Arrangements"),
    "service_child": ("Service Children in Education", "Service Child", "Service Children",
                      "Service Children Indicator"),
    "sen_provision": ("SEN Status", "SEND Status", "SEN", "SEND", "SEN Provision", "SEN Code", "SEN Stage",
                      "SEND Code", "SENprovision", "SENStatusCode", "SEN Category", "SEND Category",
                      "SEN Status Code"),
    "sen_start": ("SEN Start Date", "SEN Start", "SEND Start Date", "SEN Status Start Date", "SENstart",
                  "SEN Provision Start Date"),
    "sen_end": ("SEN End Date", "SEN End", "SEN Status End Date", "SEN Provision End Date"),
    "sen_unit": ("SEN Unit", "In SEN Unit", "InSENUnit", "SEN Unit Indicator", "Member of SEN Unit"),
    "sen_resourced": ("Resourced Provision", "In Resourced Provision", "InResourcedProvision",
                      "Resourced Provision Indicator"),
    "need_type": ("SEN Need Type", "SEN Need", "SEN Type", "SEND Need", "Need Type", "NeedTypeCode", "SENtype",
                  "SEN Need Code", "SEN Need Description", "SEN Needs"),
    "need_rank": ("SEN Need Rank", "SEN Type Rank", "Need Rank", "SENtypeRank", "SEN Need Ranking", "SEN Rank"),
    "need_start": ("SEN Need Start Date", "Need Start Date"),
    "need_end": ("SEN Need End Date", "Need End Date"),
    "primary_need": ("Primary Need", "SEN Primary Need", "Primary SEN Need", "SEN Primary Need Type",
                     "Primary SEN Type", "SEN Type 1", "SEN Need 1", "Primary Need Type"),
    "secondary_need": ("Secondary Need", "SEN Secondary Need", "Secondary SEN Need", "Secondary SEN Type",
                       "SEN Type 2", "SEN Need 2", "Secondary Need Type"),
    "attendance_percent": ("% Attendance", "Attendance %", "Attendance", "Percentage Attendance", "Attendance Percent",
                           "Attendance Percentage", "% Attend"),
    "email": ("Email", "E-mail", "Email Address", "Pupil Email", "Student Email"),
    "phone": ("Telephone", "Phone", "Home Telephone", "Telephone Number", "Phone Number", "Home Phone"),
    "address": ("Address", "Home Address", "Address Block", "Full Address"),
    "postcode": ("Postcode", "Post Code"),
}  # fmt: skip

# Headings that other systems use for something else: read as this, but a person should look.
_LIKELY: Mapping[str, tuple[str, ...]] = {
    "need_type": ("SEN Description", "SEN detail", "SEND Detail", "SEN Details", "Type of Need"),
    "group": ("Form Tutor", "Tutor", "Class Teacher"),
    "mis_id": ("ID", "Number", "Ref", "Reference", "External ID", "System ID"),
    "pupil_premium": ("PPI", "Pupil Premium Flag"),
    "nc_year": ("Grade", "Year No"),
}

SURE, LIKELY, BY_CONTENT, DOUBTFUL, NONE = 1.0, 0.7, 0.6, 0.3, 0.0
_KNOWN = {plain(heading): (field, SURE) for field, headings in _SURE.items() for heading in headings} | {
    plain(heading): (field, LIKELY) for field, headings in _LIKELY.items() for heading in headings
}


@dataclass(frozen=True, slots=True)
class Match:
    """One column of a file and the field it is taken for; '' when it is left out."""

    column: int
    heading: str
    field: str
    confidence: float
    sample: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """True when nobody needs to look: the heading can only mean this field, or the column is left out."""
        return self.confidence == SURE or not self.field


def unique_headings(cells: Iterable[str]) -> tuple[str, ...]:
    """Headings as keys: a nameless or repeated one gets the number of its column."""
    seen: set[str] = set()
    headings: list[str] = []
    for number, cell in enumerate(cells, start=1):
        heading = " ".join(cell.split())[:120]
        if not heading or heading.casefold() in seen:
            heading = f"{heading or 'column'} ({number})"
        seen.add(heading.casefold())
        headings.append(heading)
    return tuple(headings)


def known(cells: Iterable[str]) -> int:
    """How many different fields a row of cells names: the row of headings is the one that names most."""
    return len({_KNOWN[plain(cell)][0] for cell in cells if plain(cell) in _KNOWN})


def propose(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Match, ...]:
    """The likeliest field for each column. A field is given to one column only, the surest and leftmost."""
    guesses = [_guess(at, heading, _column(samples, at)) for at, heading in enumerate(headings)]
    taken: set[str] = set()
    final: dict[int, Match] = {}
    for guess in sorted(guesses, key=lambda each: (-each.confidence, each.column)):
        repeated = guess.field in taken
        final[guess.column] = (
            Match(guess.column, guess.heading, "", NONE, guess.sample) if repeated or not guess.field else guess
        )
        taken.add(guess.field)
    return tuple(final[at] for at in range(len(headings)))


def _guess(column: int, heading: str, values: tuple[str, ...]) -> Match:
    field, confidence = _KNOWN.get(plain(heading), ("", NONE))
    fits = _FITS.get(field)
    if fits and values and sum(map(fits, values)) * 2 < len(values):
        confidence = DOUBTFUL
    if not field and len(values) > 1 and all(upn.fault(value.upper()) is None for value in values):
        field, confidence = "upn", BY_CONTENT
    return Match(column, heading, field, confidence, values[:3])


def _column(samples: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    return tuple(row[at].strip() for row in samples if at < len(row) and row[at].strip())


_FITS = {
    "upn": lambda value: len(value) == 13,
    "nc_year": lambda value: words.nc_year(value) is not None,
    "sex": lambda value: plain(value) in words.SEX,
    "sen_provision": lambda value: plain(value) in words.SEN_PROVISION,
    "need_type": lambda value: plain(value) in words.NEED_TYPE,
    "primary_need": lambda value: plain(value) in words.NEED_TYPE,
    "secondary_need": lambda value: plain(value) in words.NEED_TYPE,
    "born_on": lambda value: any(letter.isdigit() for letter in value),
}

"""National code lists, each entry with the dates between which it may be used.

Compiled from the Common Basic Data Set as used by the school census and the Common Transfer File
(2025/26, carried into 2026/27). Retired codes stay, because old files still carry them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law.sources import CFA, REGS, Source, code, practice, proposal, statute

_CENSUS = practice("2025/26, carried into 2026/27", "Common Basic Data Set")


class Provision(StrEnum):
    """SEN provision: what a pupil on roll has, on any day."""

    NONE = "N"
    SUPPORT = "K"
    PLAN = "E"


class Area(StrEnum):
    """The four broad areas of need (Code 6.28-6.35): for planning, not for labelling."""

    COMMUNICATION = "C&I"
    LEARNING = "C&L"
    FEELINGS = "SEMH"
    SENSES = "S&P"


AREA_WORDS: Mapping[Area, str] = {
    Area.COMMUNICATION: "Communication and interaction",
    Area.LEARNING: "Cognition and learning",
    Area.FEELINGS: "Social, emotional and mental health",
    Area.SENSES: "Sensory and/or physical",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its words and the years in which it holds. `into` is what replaced it."""

    code: str
    words: str
    valid_from: date = date.min
    valid_to: date = date.max
    area: Area | None = None
    into: str = ""
    short: str = ""

    def valid(self, on: date) -> bool:
        return self.valid_from <= on <= self.valid_to


class CodeList:
    """A dated list of codes. Looks like a mapping from code to entry, and knows what holds on a day."""

    def __init__(self, name: str, entries: Iterable[Entry], source: Source = _CENSUS) -> None:
        self.name = name
        self.source = source
        self._entries = {entry.code: entry for entry in entries}

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __getitem__(self, code: str) -> Entry:
        return self._entries[code]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, code: str) -> Entry | None:
        return self._entries.get(code)

    def words(self, code: str) -> str:
        """The words for a code, or the code itself when it is not known."""
        entry = self._entries.get(code)
        return entry.words if entry else code

    def valid(self, on: date) -> list[Entry]:
        """The entries that may be chosen on a day, in the list's order."""
        return [entry for entry in self if entry.valid(on)]

    def with_more(self, entries: Iterable[Entry]) -> "CodeList":
        """The list with a trust's or a later year's additions; an entry with the same code replaces."""
        return CodeList(self.name, [*self, *entries], self.source)

    def fault(self, code: str, on: date) -> str | None:
        """Why a code may not be used on a day, as a sentence; None when it may."""
        entry = self._entries.get(code)
        if entry is None:
            return f"'{code}' is not a code of {self.name}."
        if on < entry.valid_from:
            return f"{code} ({entry.words}) cannot be used before {entry.valid_from:%d %B %Y}."
        if on > entry.valid_to:
            hint = f" Use {entry.into}." if entry.into else ""
            return f"{code} ({entry.words}) ended on {entry.valid_to:%d %B %Y}.{hint}"
        return None


_REFORM = date(2014, 9, 1)

PROVISIONS = CodeList(
    "SEN provision",
    [
        Entry("N", "No special educational need", short="None"),
        Entry("K", "SEN support", _REFORM, short="Support"),
        Entry("E", "Education, health and care plan", _REFORM, short="EHC plan"),
        Entry("S", "Statement of special educational needs", valid_to=date(2018, 3, 31), into="E"),
        Entry("A", "School Action or Early Years Action", valid_to=date(2015, 8, 31), into="K"),
        Entry("P", "School Action Plus or Early Years Action Plus", valid_to=date(2015, 8, 31), into="K"),
    ],
)

_C, _L, _F, _S = Area.COMMUNICATION, Area.LEARNING, Area.FEELINGS, Area.SENSES

NEED_TYPES = CodeList(
    "SEN type",
    [
        Entry("SPLD", "Specific learning difficulty", area=_L, short="Specific learning"),
        Entry("MLD", "Moderate learning difficulty", area=_L, short="Moderate learning"),
        Entry("SLD", "Severe learning difficulty", area=_L, short="Severe learning"),
        Entry("PMLD", "Profound and multiple learning difficulty", area=_L, short="Profound learning"),
        Entry("SLCN", "Speech, language and communication needs", area=_C, short="Speech and language"),
        Entry("ASD", "Autistic spectrum disorder", area=_C, short="Autism"),
        Entry("SEMH", "Social, emotional and mental health", _REFORM, area=_F, short="Emotions, mental health"),
        Entry("HI", "Hearing impairment", area=_S, short="Hearing"),
        Entry("VI", "Vision impairment", area=_S, short="Vision"),
        Entry("MSI", "Multi-sensory impairment", area=_S, short="Multi-sensory"),
        Entry("PD", "Physical disability", area=_S, short="Physical"),
        # Announced January 2024 and collected from 2024/25; the Code places it in no area.
        Entry("DS", "Down syndrome", date(2024, 9, 1), area=_L, short="Down syndrome"),
        Entry("OTH", "Other difficulty or disability", short="Other"),
        Entry(
            "NSA",
            "SEN support but no specialist assessment of type of need",
            _REFORM,
            short="Not yet assessed",
        ),
        Entry(
            "BESD",
            "Behaviour, emotional and social difficulty",
            valid_to=date(2015, 8, 31),
            area=_F,
            into="SEMH",
        ),
    ],
)

NC_YEARS: tuple[str, ...] = (
    "E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 15)), "X",
)  # fmt: skip


def year_words(nc_year: str) -> str:
    """'Year 4', 'Reception', 'Nursery'; 'No year group' for X."""
    if nc_year.isdigit():
        return f"Year {int(nc_year)}"
    return {"R": "Reception", "N1": "Nursery", "N2": "Nursery", "E1": "Early years", "E2": "Early years"}.get(
        nc_year, "No year group"
    )


def year_order(nc_year: str) -> int:
    """Place of a year group, youngest first; unknown last."""
    return NC_YEARS.index(nc_year) if nc_year in NC_YEARS else len(NC_YEARS)


ETHNICITIES = CodeList(
    "ethnicity",
    [
        Entry(code, words)
        for code, words in (
            ("WBRI", "White British"), ("WIRI", "White Irish"), ("WIRT", "Traveller of Irish heritage"),
            ("WROM", "Gypsy or Roma"), ("WOTH", "Any other White background"),
            ("MWBC", "White and Black Caribbean"), ("MWBA", "White and Black African"),
            ("MWAS", "White and Asian"), ("MOTH", "Any other mixed background"), ("AIND", "Indian"),
            ("APKN", "Pakistani"), ("ABAN", "Bangladeshi"), ("AOTH", "Any other Asian background"),
            ("BCRB", "Black Caribbean"), ("BAFR", "Black African"), ("BOTH", "Any other Black background"),
            ("CHNE", "Chinese"), ("OOTH", "Any other ethnic group"), ("REFU", "Refused"),
            ("NOBT", "Not yet obtained"),
        )
    ],
)  # fmt: skip

LANGUAGES = CodeList(
    "language",
    [
        Entry(code, words)
        for code, words in (
            ("ENG", "English"), ("ENB", "Believed to be English"), ("OTB", "Believed not to be English"),
            ("OTH", "Another language"), ("REF", "Refused"), ("NOT", "Not obtained"), ("PNJ", "Panjabi"),
            ("URD", "Urdu"), ("BNG", "Bengali"), ("POL", "Polish"), ("SOM", "Somali"), ("ARA", "Arabic"),
            ("POR", "Portuguese"), ("RMN", "Romanian"), ("GUJ", "Gujarati"), ("TUR", "Turkish"),
            ("TAM", "Tamil"), ("SPA", "Spanish"), ("FRN", "French"), ("LIT", "Lithuanian"),
            ("ITA", "Italian"), ("CHI", "Chinese"), ("YOR", "Yoruba"), ("ALB", "Albanian"),
            ("PRS", "Persian"), ("RUS", "Russian"), ("UKR", "Ukrainian"), ("HIN", "Hindi"),
            ("BSL", "British Sign Language"),
        )
    ],
)  # fmt: skip

ENGLISH_OR_UNSAID = frozenset({"", "ENG", "ENB", "REF", "NOT"})

ENROL_STATUSES = CodeList(
    "enrolment status",
    [
        Entry("C", "Current, single registration"), Entry("M", "Current, main of two schools"),
        Entry("S", "Current, second of two schools"), Entry("F", "FE college"), Entry("O", "Other provider"),
        Entry("G", "Guest, not on roll"),
    ],
)  # fmt: skip

RELATIONSHIPS = CodeList(
    "relationship",
    [
        Entry(code, words)
        for code, words in (
            ("PAM", "mother"), ("PAF", "father"), ("STM", "step-mother"), ("STF", "step-father"),
            ("FOM", "foster mother"), ("FOF", "foster father"), ("FAM", "other family member"),
            ("CHM", "childminder"), ("DOC", "doctor"), ("HTC", "head teacher"), ("TCH", "teacher"),
            ("RLG", "religious contact"), ("CAR", "carer"), ("SWR", "social worker"),
            ("REL", "other relative"), ("OTH", "other"),
        )
    ],
)  # fmt: skip


AREAS = CodeList("area of need", [Entry(area.value, words) for area, words in AREA_WORDS.items()], code("6.28-6.35"))

# H is one section in law, in two parts (reg 12(1)(h)); K holds what the assessment found.
PLAN_SECTIONS = CodeList(
    "section of an EHC plan",
    [
        Entry("A", "Views, interests and aspirations of the child and the parent, or the young person", _REFORM),
        Entry("B", "All the special educational needs", _REFORM, short="Needs"),
        Entry("C", "Health needs that go with them", _REFORM, short="Health needs"),
        Entry("D", "Social care needs that go with them or with a disability", _REFORM, short="Care needs"),
        Entry("E", "Outcomes sought, adult life among them", _REFORM, short="Outcomes"),
        Entry("F", "Special educational provision for every need in B", _REFORM, short="Provision"),
        Entry("G", "Health provision reasonably required", _REFORM, short="Health provision"),
        Entry("H1", "Social care that has to be provided under 18 (Act of 1970 s2)", _REFORM, short="Care provision"),
        Entry("H2", "Other social care reasonably required", _REFORM, short="Other care provision"),
        Entry("I", "The setting named, or its type; empty in a draft", _REFORM, short="Placement"),
        Entry("J", "Personal budget and direct payments", _REFORM, short="Personal budget"),
        Entry("K", "All advice and information obtained", _REFORM, short="Advice"),
    ],
    statute(REGS, "reg 12; Children and Families Act 2014 s37(2); Code 9.62, 9.69"),
)

REVIEW_DECISIONS = CodeList(
    "decision after an annual review",
    [
        Entry("keep", "Keep the plan as it is", _REFORM),
        Entry("amend", "Amend the plan", _REFORM),
        Entry("cease", "Cease the plan", _REFORM),
    ],
    statute(REGS, "reg 20(10)"),
)

PHASE_MOVES = CodeList(
    "change of phase",
    [
        Entry("school", "Early years to school", _REFORM),
        Entry("junior", "Infant to junior", _REFORM),
        Entry("middle", "Primary to middle", _REFORM),
        Entry("secondary", "Primary or middle to secondary", _REFORM),
        Entry("post-16", "Secondary to a post-16 institution", _REFORM),
    ],
    statute(REGS, "regs 2(1), 18"),
)

APPEALABLE = CodeList(
    "decision that can be appealed",
    [
        Entry("no-assessment", "Not to assess", _REFORM),
        Entry("no-plan", "Not to make a plan", _REFORM),
        Entry("content", "Sections B, F or I", _REFORM),
        Entry("no-reassessment", "Not to assess again", _REFORM),
        Entry("no-amendment", "Not to amend after a review or an assessment", _REFORM),
        Entry("cease", "To cease the plan", _REFORM),
    ],
    statute(CFA, "s51(2)"),
)

# A proposal: nobody's support is recorded by it, beside N, K and E, before it is law.
LAYERS = CodeList(
    "layer of support (proposal, not law)",
    [
        Entry("universal", "Universal", date(2029, 9, 1)),
        Entry("targeted", "Targeted", date(2029, 9, 1)),
        Entry("targeted-plus", "Targeted Plus", date(2029, 9, 1)),
        Entry("specialist", "Specialist", date(2029, 9, 1)),
    ],
    proposal("layers of support"),
)


def may_hold(provision: str, need: str) -> str | None:
    """Why a need type may not stand with a provision; None when it may.

    NSA is valid only with SEN support (census validation 2175).
    """
    if need == "NSA" and provision != Provision.SUPPORT:
        return "NSA (no specialist assessment) can only stand with SEN support."
    return None


def default_area(need: str) -> Area | None:
    """The broad area that a need type maps to; None for OTH and NSA, where a person chooses."""
    entry = NEED_TYPES.get(need)
    return entry.area if entry else None

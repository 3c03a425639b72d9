"""What has to be said, published, invited, considered or recorded: lists with a source for each.

An item has the days between which it belongs to its list, as a code has in `codes`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.law.rule import Confidence
from alongside.law.sources import (
    ADMISSIONS,
    CFA,
    CODE,
    EQA,
    REGS,
    SAFE,
    Source,
    code,
    practice,
    statute,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. `place` is its paragraph where the list has more than one source."""

    code: str
    words: str
    place: str = ""
    required: bool = True
    valid_from: date = date.min
    valid_to: date = date.max


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list that somebody works through."""

    code: str
    title: str
    source: Source
    items: tuple[Item, ...]
    confidence: Confidence = Confidence.UNCHECKED

    def on(self, day: date) -> tuple[Item, ...]:
        """The items that belong to the list on a day."""
        return tuple(item for item in self.items if item.valid_from <= day <= item.valid_to)

    def missing(self, done: Iterable[str], day: date) -> tuple[Item, ...]:
        """The required items that are not among the codes of what is done."""
        there = set(done)
        return tuple(item for item in self.on(day) if item.required and item.code not in there)


def _items(*rows: str, place: str = "", required: bool = True) -> tuple[Item, ...]:
    """'code: words' for each item."""
    return tuple(Item(code, words, place, required) for code, words in (row.split(": ", 1) for row in rows))


_REPORT_2014 = (
    *_items(
        "kinds: The kinds of SEN that are provided for",
        "identify: How pupils with SEN are identified and assessed",
        "effect: How the effect of provision is evaluated",
        "progress: How progress is assessed and reviewed",
        "teaching: How pupils with SEN are taught",
        "adapt: How curriculum and surroundings are adapted",
        "extra: What more help with learning there is",
        "together: How pupils with SEN take part in activities, sport among them, with those without",
        "wellbeing: Support for emotional, mental and social development",
        "senco: Name and contact details of the SENCO",
        "expertise: The expertise and training of staff, and how specialists are found",
        "equipment: How equipment and facilities are found",
        "parents: How parents are consulted and involved",
        "pupils: How pupils are consulted and involved",
        "complaints: How a parent's complaint about provision is treated",
        "bodies: How health, social care, the local authority and voluntary bodies are involved",
        "support: Contact details of support for parents, impartial advice among it",
        "moving: Support in moving between phases and towards adulthood",
        "offer: Where the Local Offer is published",
        place="SEND Regulations 2014 Sch 1",
    ),
    *_items(
        "adult-aims: Outcomes that fit ambition: higher education, work, independent living, taking part",
        "listening: Pastoral arrangements for listening to pupils",
        "bullying: Measures against bullying",
        place="Code 6.79",
    ),
    *_items("looked-after: What is arranged for looked-after pupils with SEN", place="Code 6.80"),
    *_items("data: Figures on levels and types of need for the local authority", place="Code 6.81"),
    *_items(
        "admission: How disabled pupils are admitted",
        "less-favourable: Steps against less favourable treatment",
        "access: Facilities that help with access",
        "access-plan: The accessibility plan",
        place="Children and Families Act 2014 s69(3)(b)",
    ),
    *_items(
        "plain: Easy to find and in plain words",
        "concern-contacts: Whom to ask with a worry",
        "contribution: What the school adds to the Local Offer",
        place="Code 6.83",
    ),
)

INFORMATION_REPORT = Checklist(
    "INFORMATION-REPORT", "What the SEN information report says",
    statute(CFA, "s69; SEND Regulations 2014 regs 51-52, Sch 1; Code 6.79-6.83"), _REPORT_2014, Confidence.REPORTED,
)  # fmt: skip

REVIEW_INVITED = Checklist(
    "REVIEW-INVITED", "Who is invited to an annual review", statute(REGS, "reg 20(2)"),
    (
        *_items(
            "family: The child's parent, or the young person", "head: The headteacher or the head of the setting",
            "authority: The local authority's SEN officer", "health: The health professional whom health names",
            "care: The local authority's social care officer",
        ),
        *_items("child: The child, helped to take part", "others: Others who matter to the child", required=False),
    ),
    Confidence.READ,
)  # fmt: skip

ADVICE = Checklist(
    "ADVICE", "Whose advice is asked in an assessment", statute(REGS, "reg 6(1)"),
    _items(
        "family: The parent or the young person", "education: The headteacher, or another suitable person",
        "health: Health", "psychology: An educational psychologist", "care: Social care",
        "other: Anybody else whom the local authority thinks fit", "adulthood: From Year 9, somebody on adulthood",
        "asked-for: Anybody whom the family reasonably names",
    ),
    Confidence.REPORTED,
)  # fmt: skip

REVIEW_CONTENT = Checklist(
    "REVIEW-CONTENT", "What an annual review looks at", statute(REGS, "regs 19-20"),
    _items(
        "outcomes: Progress to each outcome, and whether it is still right",
        "provision: What works and what does not in sections F, G and H",
        "needs: What has changed in sections B, C and D", "targets: New targets on the way",
        "placement: Whether the placement still fits", "views: The child's and the parents' views, wishes and hopes",
        "attendance: Attendance and attainment", "budget: The personal budget, if there is one",
        "transition: The next step", "adulthood: From Year 9, the four themes and support with decisions",
        "recommendation: Keep, amend, cease or assess again", "differences: Who saw it otherwise",
        "record: Who was invited and when, who came, and when advice was sent round",
    ),
)  # fmt: skip

ADULTHOOD = Checklist(
    "ADULTHOOD", "Four themes of adulthood, from Year 9", code("1.39, 7.38, 8.10"),
    _items(
        "work: Employment, higher education where that is right", "living: Independent living: choice, control, housing",
        "society: Taking part: friends and community", "health: As healthy as possible",
    ),
)  # fmt: skip

FLAGS = Checklist(
    "FLAGS", "Four flags of less progress than expected", code("6.17-6.18"),
    _items(
        "slower-than-peers: Markedly slower than peers from the same start",
        "slower-than-before: Slower than the pupil's own progress before",
        "gap-stays: The gap to peers does not close", "gap-grows: The gap to peers grows",
    ),
    Confidence.REPORTED,
)  # fmt: skip

SENCO_ROLE = Checklist(
    "SENCO-ROLE", "What a SENCO is responsible for", code("6.90"),
    _items(
        "policy: The SEN policy day by day", "coordinate: Provision for pupils with SEN",
        "looked-after: Working with the designated teacher", "graduated: Advice on the graduated approach",
        "budget: Advice on the use of the budget", "parents: Working with parents",
        "outside: Working with early years, other schools, psychology, health, care and voluntary bodies",
        "contact: Being the contact for the local authority and other agencies",
        "next: Working with the next settings", "equality: Working with head and governors on the Equality Act",
        "records: Records that are up to date",
    ),
    Confidence.REPORTED,
)  # fmt: skip

LETTER_RIGHTS = Checklist(
    "LETTER-RIGHTS", "What a decision letter of the local authority tells the family", statute(REGS, "regs 5(3), 32"),
    _items(
        "appeal: The right of appeal and its time limit", "mediation: The right to mediation, and the certificate",
        "adviser: The mediation adviser's contact details", "times: The times that hold for mediation",
        "issues: That the local authority is told the issues, and any health provision wanted",
        "disagreement: Help to settle disagreements", "advice: Where impartial advice is found",
    ),
    Confidence.READ,
)  # fmt: skip

PLACE_REFUSED = Checklist(
    "PLACE-REFUSED", "The only reasons against naming a school that a family asks for", statute(CFA, "s39(4), s33"),
    _items(
        "unsuitable: It is unsuitable for the child's age, ability, aptitude or SEN",
        "others: The child's attendance would be at odds with the efficient education of others",
        "resources: It would be at odds with the efficient use of resources",
    ),
    Confidence.REPORTED,
)  # fmt: skip

REFUSAL_PROHIBITED = Checklist(
    "REFUSAL-PROHIBITED", "Never a reason to refuse a child", statute(ADMISSIONS, "1.8-1.9, 3.9-3.13; SEND Code 1.27"),
    (
        *_items("plan-names-us: The child's plan names the school and it is full", place="CFA 2014 s43"),
        *_items("no-plan: The child has SEN and no plan", "cannot-cater: We feel unable to cater", place="Code 1.27"),
        *_items(
            "assess-first: The child should be assessed first", "disability: A disability, or behaviour that comes of it",
            place="Admissions Code 3.13",
        ),
        *_items("behaviour: Behaviour at another school, in the usual round", place="Admissions Code 3.9"),
        *_items(
            "attendance: Poor attendance", "suspensions: A mere number of suspensions",
            place="Admissions Code 3.10-3.12",
        ),
        *_items("uniform: A uniform or trips that put families off", place="Admissions Code 1.8"),
    ),
)  # fmt: skip

DISCRIMINATION = Checklist(
    "DISCRIMINATION", "What the Equality Act forbids in a school", statute(EQA, "ss13-27, 85"),
    _items(
        "direct: Treating somebody worse because of a disability",
        "indirect: A rule for all that puts disabled pupils at a disadvantage without good reason",
        "arising: Worse treatment because of something that comes of the disability, without good reason",
        "adjustments: Not making a reasonable adjustment", "harassment: Harassment", "victimisation: Victimisation",
    ),
)  # fmt: skip

ACCESS_STRANDS = Checklist(
    "ACCESS-STRANDS", "Three strands of an accessibility plan", statute(EQA, "Sch 10 para 3"),
    _items(
        "curriculum: Taking part in the curriculum", "building: The buildings and grounds",
        "information: Written information, in good time and in a form that the pupil can use",
    ),
    Confidence.REPORTED,
)  # fmt: skip

DISCLOSURE = Checklist(
    "DISCLOSURE", "When an EHC plan may be disclosed without consent", statute(REGS, "reg 17; Code 9.211"),
    _items(
        "1: To somebody to whom it is necessary in the child's interests, in the local authority's opinion",
        "2: For an appeal to the tribunal",
        "3: For research that may advance SEN education, if nothing that identifies the child is published",
        "4a: On the order of a court",
        "4b: For criminal proceedings",
        "5: For an investigation by the Ombudsman",
        "6: To the Secretary of State, who asks for it to decide on directions or orders",
        "7: For an assessment under the Disabled Persons Act 1986 s5(5)",
        "8: For the local authority's duties under the Children Act 1989 ss22, 85, 86, 87",
        "9: To Ofsted, inspecting a school, another institution or a local authority",
        "10: At the young person's request, for a disabled students' allowance",
        "11: At the young person's request, to the head of a place of higher education",
    ),
)  # fmt: skip

BARRIERS = Checklist(
    "BARRIERS", "What can hide harm to a child with SEND", statute(SAFE, "Part two, children with SEND"),
    _items(
        "assumed: Behaviour, mood or injury is taken for part of the condition",
        "isolation: More isolation and bullying", "unseen: Hit harder by bullying, without outward signs",
        "telling: Difficulty in telling somebody", "online: Difficulty in telling fact from fiction online",
    ),
)  # fmt: skip

FORCE_RECORD = Checklist(
    "FORCE-RECORD", "What a record of force, seclusion or restraint holds",
    practice("Restrictive interventions in schools", "Guidance"),
    _items(
        "pupil: The pupil, and any SEN, disability, plan or medical need", "people: Staff and others who were there",
        "when: Day, time and place", "before: What led up to it", "tried: What was tried first",
        "what: Kind and degree of force, seclusion or restraint", "long: How long", "why: Why it was necessary",
        "injuries: Injuries", "after: Support afterwards", "parents: Which parent was told, when and by whom",
        "authority: Whether the local authority was told", "changed: What was changed in the pupil's plan",
    ),
    Confidence.REPORTED,
)  # fmt: skip

MEETING = Checklist(
    "MEETING", "A meeting with parents", code("6.65-6.71", CODE),
    _items(
        "outcomes: Outcomes set or looked at", "progress: Progress", "who: Who does what",
        "pupil: The pupil's views", "given: The record given to the parents",
    ),
    Confidence.REPORTED,
)  # fmt: skip

EXAM_DATES = Checklist(
    "EXAM-DATES", "Usual last days for exam arrangements; JCQ sets them anew each year",
    practice("usual deadlines", "JCQ access arrangements"),
    _items(
        "june: June exams: arrangements 21 March, modified papers 31 January",
        "november: November exams: arrangements 1 November, modified papers 20 September or 4 October",
        "january: January exams: arrangements 21 October, modified papers 4 October",
    ),
)  # fmt: skip

CHECKLISTS: Mapping[str, Checklist] = {
    checklist.code: checklist
    for checklist in (
        INFORMATION_REPORT, REVIEW_INVITED, ADVICE, REVIEW_CONTENT, ADULTHOOD, FLAGS, SENCO_ROLE, LETTER_RIGHTS,
        PLACE_REFUSED, REFUSAL_PROHIBITED, DISCRIMINATION, ACCESS_STRANDS, DISCLOSURE, BARRIERS, FORCE_RECORD,
        MEETING, EXAM_DATES,
    )
}  # fmt: skip

"""Finding need, the graduated approach, families, and the record: chapter 6 of the Code."""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Kind, Limit, Rule, Unit
from alongside.law.sources import CFA, EA96, STANDARDS, code, practice, promise, statute

_TEACHER = "the class or subject teacher"
_BOTH = "the teacher with the SENCO"
_SENCO = "the SENCO"
_CODE = date(2015, 1, 29)
_EX = Counting.EXCLUSIVE
_REPORTED = Confidence.REPORTED

_FIND = (
    Rule(
        "ID-01", "A clear way of finding need",
        "Every school has one, built into its usual checks on progress.",
        "the headteacher and the SENCO", code("6.5, 6.14"), in_force_from=_CODE,
    ),
    Rule(
        "ID-02", "What SEN is",
        "A learning difficulty or disability that calls for provision different from or additional to what is usual. "
        "Low attainment, behaviour or absence alone are none.",
        _BOTH, statute(CFA, "ss20-21; Code 6.15, 6.21-6.23"), confidence=Confidence.READ,
    ),
    Rule(
        "ID-03", "A look at every pupil on entry",
        "Skills and attainment are looked at on entry, with what the last school knew; within 6 school weeks.",
        _TEACHER, practice("6.16", "SEND Code of Practice, as practised"), 6, Unit.SCHOOL_WEEKS, "the pupil joined",
        _EX, band=Band.REST, in_force_from=_CODE,
    ),
    Rule(
        "ID-04", "Progress of every pupil, regularly",
        "Teachers, with their leaders, look for less progress than expected at each assessment, at least each term.",
        "teachers and leaders", code("6.17"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "ID-05", "Four flags",
        "Slower than peers from the same start; slower than before; not closing a gap; a gap that grows. A flag is a "
        "question, not a diagnosis.",
        _TEACHER, code("6.17-6.18"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "ID-06", "Good teaching first, and no waiting",
        "Teaching is aimed at the weak area first; if progress stays low, teacher and SENCO look whether it is SEN. "
        "Help is not held back while evidence is gathered.",
        _BOTH, code("6.19"), in_force_from=_CODE,
    ),
    Rule(
        "ID-07", "Behaviour alone is not SEN",
        "Look for what lies behind it: communication, mental health, housing, family, bereavement, bullying.",
        "teacher, SENCO and DSL", code("6.21-6.22"), in_force_from=_CODE,
    ),
    Rule(
        "ID-08", "Another home language is not a learning difficulty",
        "A difficulty that comes only from limited English is not SEN. Look across subjects and at the home language.",
        "teacher, SENCO and EAL lead", statute(CFA, "s20(4); Code 6.24"), confidence=Confidence.READ,
    ),
    Rule(
        "ID-09", "Four broad areas",
        "Used for planning, not for labelling; the whole range of needs is looked at.",
        _SENCO, code("6.25-6.35"), in_force_from=_CODE,
    ),
)  # fmt: skip

_CYCLE = (
    Rule(
        "GA-01", "The teacher stays responsible",
        "Also when assistants or specialists work with the pupil.",
        _TEACHER, code("6.36, 6.52"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "GA-02", "Teaching is looked at",
        "The quality of teaching for pupils at risk of falling behind is reviewed regularly.",
        "school leaders", code("6.37"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "GA-03", "A note of the first talk",
        "Strengths, worries, hopes and next steps are talked over early with pupil and parents. A short note goes on "
        "the record and to the parents. They are told of SENDIASS.",
        _BOTH, code("6.39-6.40"), event="the talk took place", band=Band.FAMILY,
        promise=Limit(5, Unit.SCHOOL_DAYS, practice("note of a first talk")), confidence=_REPORTED,
        in_force_from=_CODE,
    ),
    Rule(
        "GA-04", "Parents told about special provision",
        "When special provision is made for a pupil without a plan, the parent is told, and a young person direct.",
        "the trust, through the SENCO", statute(CFA, "s68"), event="SEN support was decided",
        promise=Limit(5, Unit.SCHOOL_DAYS, promise("section 4")), confidence=Confidence.READ,
        then="the school agrees a plan of support with the family.",
    ),
    Rule(
        "GA-05", "Assess",
        "Teacher and SENCO look at need: progress, attainment, behaviour, other teachers, parents' and pupil's views, "
        "outside advice. Parents' worries are recorded and set beside the school's own evidence.",
        _BOTH, code("6.45-6.47"), event="a cycle of support began", band=Band.REST,
        promise=Limit(15, Unit.SCHOOL_DAYS, promise("section 6")), in_force_from=_CODE,
    ),
    Rule(
        "GA-06", "Review on the agreed date",
        "Support, its expected effect and a clear review date are agreed with parents and pupil; every adult who works "
        "with the pupil is told, and it is on the school's system.",
        _BOTH, code("6.48-6.51"), 0, Unit.DATE, "the day agreed with the family", band=Band.FAMILY, happened=False,
        in_force_from=_CODE,
    ),
    Rule(
        "GA-07", "Do",
        "The teacher keeps daily responsibility and links what is done outside the class to the class.",
        _TEACHER, code("6.52"), in_force_from=_CODE,
    ),
    Rule(
        "GA-08", "Review of the support plan",
        "What was done and what came of it is reviewed on the agreed date, with the pupil's and the parents' views.",
        _BOTH, code("6.53-6.55"), event="the plan was agreed", band=Band.FAMILY,
        promise=Limit(16, Unit.WEEKS, promise("section 6")), in_force_from=_CODE,
        then="teacher, parents and pupil agree what to change.",
    ),
    Rule(
        "GA-09", "Closer each time",
        "The four steps come back in more detail and more often as needs ask; specialists join in later cycles.",
        _SENCO, code("6.44"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "GA-10", "Pupils with a plan",
        "The plan is reviewed at least every 12 months; the school takes part.",
        "the headteacher", statute(CFA, "s44(1); Code 6.56"), 12, Unit.MONTHS, "the plan was made or last reviewed",
        Counting.INCLUSIVE, Kind.REVIEW,
    ),
    Rule(
        "GA-11", "Moving on is planned",
        "SEN support includes planning for a move; what is shared with the next school is agreed with the family.",
        _SENCO, code("6.57"), in_force_from=_CODE,
    ),
    Rule(
        "GA-12", "Specialists are asked",
        "Always where a pupil goes on making little progress despite support that is known to work. Parents are part "
        "of the decision. Two cycles without enough progress are a common sign.",
        _SENCO, code("6.58-6.62"), in_force_from=_CODE,
    ),
    Rule(
        "GA-13", "Asking for an assessment is considered",
        "Where, despite good support, expected progress is not made. The evidence is ready: cycles, effect, reports, "
        "costs, views.",
        _SENCO, code("6.63, 9.14"), confidence=_REPORTED, in_force_from=_CODE,
    ),
)  # fmt: skip

_FAMILY = (
    Rule(
        "PAR-01", "A report to parents each year",
        "Every parent has a written report on progress at least once in a school year.",
        "the headteacher", statute(STANDARDS, "Sch para 32(1)(f); Code 6.64"), 0, Unit.DATE,
        "the last report was sent", kind=Kind.SCHOOL_YEAR, confidence=_REPORTED, band=Band.FAMILY,
        exceptions="A parent may agree to go without.", in_force_from=date(2015, 1, 5),
    ),
    Rule(
        "PAR-02", "Three meetings in a school year",
        "Parents of a pupil with SEN support are met at least three times a year, one a term: outcomes, progress, who "
        "does what. For a pupil with a plan the annual review is one of the three.",
        _TEACHER, code("6.65"), 3, Unit.DATE, "the end of the term, with one meeting in each term", band=Band.FAMILY,
        kind=Kind.TERM, happened=False, confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "PAR-03", "Led by somebody who knows the pupil",
        "The class teacher or tutor leads, the SENCO supports; there is enough time.",
        _TEACHER, code("6.67-6.69"), in_force_from=_CODE,
    ),
    Rule(
        "PAR-04", "The pupil's views are in it",
        "In the meeting, or gathered before.",
        _TEACHER, code("6.70"), in_force_from=_CODE,
    ),
    Rule(
        "PAR-05", "What was agreed is written down and given",
        "Outcomes, action and support are recorded, shared with the staff concerned and given to the parents.",
        _BOTH, code("6.71"), event="the meeting was held", band=Band.FAMILY,
        promise=Limit(10, Unit.SCHOOL_DAYS, practice("record of a meeting")), confidence=_REPORTED,
        in_force_from=_CODE,
    ),
    Rule(
        "PAR-06", "Meetings of a pupil who joins or leaves",
        "Of a part of a school year one meeting is expected below 4 months on support, two up to 8, else three.",
        "the school", practice("meetings in part of a year"), band=Band.REST, in_force_from=_CODE,
    ),
)  # fmt: skip

_RECORD = (
    Rule(
        "REC-01", "Provision is recorded",
        "Accurately and kept up to date, in the way the school chooses.",
        "the school", code("6.72"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "REC-02", "What was additional or different",
        "It is recorded with its effect, and readily shared with parents. No particular form is needed.",
        "the school", code("6.73"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "REC-03", "One system for all pupils",
        "SEN, outcomes, support, strategies and specialists are in the school's usual information system.",
        "the school", code("6.73-6.75"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "REC-04", "A provision map helps",
        "It is an overview of all that is additional, and not required.",
        _SENCO, practice("6.76-6.77", "SEND Code of Practice"), confidence=_REPORTED, in_force_from=_CODE,
    ),
    Rule(
        "REC-05", "Figures for the local authority",
        "Levels and types of need are there for its planning.",
        "the school", code("6.72, 6.78, 6.81"), in_force_from=_CODE,
    ),
    Rule(
        "PUB-01", "The SEN information report is renewed",
        "It is on the school's website, renewed each year and when something in it changes. Its contents: the "
        "checklist INFORMATION-REPORT.",
        "the trust", statute(CFA, "s69; SEND Regulations 2014 regs 51-52, Sch 1; Code 6.79-6.83"), 12, Unit.MONTHS,
        "the report was published", Counting.INCLUSIVE, confidence=Confidence.READ,
    ),
    Rule(
        "CEN-01", "The school census",
        "SEN provision of every pupil on roll: first Thursday of October, third Thursday of January and of May. Need "
        "types are asked for in January only.",
        "the school", statute(EA96, "s537A"), 0, Unit.DATE, "the census calendar", kind=Kind.CENSUS,
        happened=False, confidence=_REPORTED,
    ),
    Rule(
        "FUN-01", "The school meets the cost up to the threshold",
        "The notional SEN budget is a guide and not ring-fenced. Above 6,000 pounds a pupil a year the local authority "
        "tops up. A plan is no condition of a top-up, nor does the sum limit what a plan says.",
        "the trust and the local authority", code("6.95-6.99"), confidence=_REPORTED, in_force_from=_CODE,
    ),
)  # fmt: skip

RULES = (*_FIND, *_CYCLE, *_FAMILY, *_RECORD)

"""Every role, as code: what it is called, whom it reaches, and what it may do. The database keeps only the code.

Band 0 is counts; 1 the classroom brief; 2 the support plan; 3 the full SEN file; 4 restricted matters,
which are granted by named case and never by role alone, apart from DSL and headteacher.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a person may do. The value is stored nowhere."""

    TODAY = "see what is due at a school"
    WEEK = "see a school's week on one page"
    HAND_OVER = "hand today’s list to a colleague"
    CLOCKS = "see how clocks run at a school"
    CLOCKS_SET = "set when a school is warned of its dates"
    CALENDAR = "have one’s own dates in a calendar"
    COUNTS = "see counts with small numbers hidden"
    FIND_PUPILS = "find a pupil by name"
    BRIEF = "read a classroom brief (band 1)"
    PLAN = "read a support plan (band 2)"
    FILE = "read the full SEN file (band 3)"
    RESTRICTED = "read restricted matters (band 4)"
    COSTS = "see what provision costs"
    HISTORY = "see who did and who looked"
    REGISTER = "see the SEN register"
    REGISTER_KEEP = "place pupils on the register and keep it right"
    CONCERN_RAISE = "raise a concern"
    CONCERN_TRIAGE = "triage concerns"
    FLAGS_ANSWER = "answer progress flags"
    SIGNS_KEEP = "switch the signs of slow progress on and off"
    FOUND_ALIKE = "see whether groups of pupils are found alike"
    SUPPORT_DRAFT = "draft and review support plans"
    SUPPORT_APPROVE = "approve support plans"
    PROVISION_KEEP = "promise and change provision"
    SESSION_LOG = "log sessions"
    BRIEF_WRITE = "write classroom briefs"
    NOTE_WRITE = "write quick notes"
    NOTES_ANSWER = "answer quick notes"
    RESULTS = "read how a pupil is getting on in assessments"
    RESULTS_WRITE = "enter results of assessments"
    RESULTS_IMPORT = "bring results in from a file"
    POINTS = "see at which points of the year pupils are assessed"
    POINTS_KEEP = "set the school's points of the year and its scales"
    POINTS_TRUST = "set the trust's points of the year and put in what a test's manual says"
    DOCUMENTS = "print and issue papers"
    FAMILY_INVITE = "invite a family to its child's page"
    PUPILS_IMPORT = "bring pupils in from a file"
    STRUCTURE = "keep schools, people and posts"
    DUTIES = "see how duties stand at a school"
    DUTIES_TRUST = "see how duties stand across the trust"
    DUTY_SIGN_OFF = "sign off a school’s term"
    DUTY_ATTEST = "attest a duty that no record can prove"
    DUTY_OBSERVE = "say what was seen of a duty"
    DUTY_EXPLAIN = "explain how a duty stands"
    DUTY_EXEMPT = "approve that a duty does not apply"
    DUTY_ASK = "ask about duties, and be answered"
    DUTY_KEEP = "keep the catalogue of duties and who answers for them"
    DEPARTURES = "log and read departures from the SEND Code"
    DEPARTURES_DECIDE = "decide on departures from the SEND Code"
    POLICY_READ = "read the policy library"
    POLICY_COMMENT = "comment on a review of the policy"
    POLICY_KEEP = "keep the policy: its versions, its library and its review"
    POLICY_CONFIRMATIONS = "see who at a school has confirmed the policy"
    POLICY_SHEET = "keep the sheet of staff without an account"
    SENCO_POST = "see the SENCO’s post at a school"
    SENCO_APPOINT = "appoint a SENCO and agree their time"
    SENCO_SAY = "note the SENCO’s hours and say whether they are enough"
    SENCO_CONFIRM = "note that the board looked at the SENCO’s post"
    TRAINING_OWN = "keep one’s own record of training"
    TRAINING_GRID = "see what the staff of a school can do"
    TRAINING_RATE = "rate what colleagues can do, and log coaching"
    TRAINING_BOOK = "book colleagues on courses and note who came"
    TRAINING_PLAN = "plan training for the whole trust"
    APPRAISAL_TICK = "tick that an appraisal covered teaching of pupils at risk"
    CHANGES = "put changes of law and guidance into practice at a school"
    CHANGES_KEEP = "write change notices for the trust’s schools"
    OWN_CHILD = "read about one's own child"
    OWN_PAGE = "read one's own page"


class Reach(StrEnum):
    """Which pupils a role opens, before bands."""

    SCHOOL = "every pupil of the school"
    LINKED = "pupils on one's own timetable"
    TRUST = "every school of the trust"
    OWN = "one's own child, or oneself"
    CASE = "one invited case"
    NONE = "no pupil"


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    title: str
    says: str
    reach: Reach
    permissions: frozenset[Permission]
    staff: bool = True

    @property
    def at_trust(self) -> bool:
        """True when the role is held at the trust rather than at a school."""
        return self.reach is Reach.TRUST


P = Permission
_STAFF = frozenset({P.POLICY_READ})  # whoever is here reads the policy; it opens no pupil
_WORKS = _STAFF | {P.TRAINING_OWN}  # whoever works for the trust has a record of their own training too
_TEACHING = _WORKS | {P.BRIEF, P.FIND_PUPILS, P.CONCERN_RAISE, P.NOTE_WRITE, P.SESSION_LOG}
_TEACHER = _TEACHING | {
    P.PLAN, P.SUPPORT_DRAFT, P.DOCUMENTS, P.BRIEF_WRITE, P.RESULTS, P.RESULTS_WRITE, P.POINTS, P.FLAGS_ANSWER,
    P.CALENDAR,
}  # fmt: skip
_SENCO = _TEACHER | {
    P.TODAY, P.COUNTS, P.FILE, P.COSTS, P.HISTORY, P.REGISTER, P.REGISTER_KEEP, P.CONCERN_TRIAGE,
    P.SUPPORT_APPROVE, P.PROVISION_KEEP, P.NOTES_ANSWER, P.PUPILS_IMPORT, P.FAMILY_INVITE,
    P.DUTIES, P.DUTY_EXPLAIN, P.RESULTS_IMPORT, P.POINTS_KEEP, P.CLOCKS, P.SENCO_POST, P.TRAINING_GRID,
    P.TRAINING_BOOK, P.DEPARTURES, P.CHANGES,
}  # fmt: skip
_SENCO_ALONE = frozenset({P.SENCO_SAY, P.TRAINING_RATE})  # a headteacher reads both and writes neither
_BOARD = _STAFF | {P.COUNTS, P.DUTIES, P.DUTIES_TRUST}

_ROLES = (
    Role("senco", "SENCO", "Runs SEN in the school.", Reach.SCHOOL, _SENCO | _SENCO_ALONE | {P.HAND_OVER}),
    Role("cover_senco", "Cover SENCO", "Stands in for the SENCO.", Reach.SCHOOL, _SENCO | _SENCO_ALONE),
    Role("teacher", "Class teacher or tutor", "Teaches; owns plans of own pupils.", Reach.LINKED, _TEACHER),
    Role("ta", "Teaching assistant", "Supports named pupils.", Reach.LINKED, _TEACHING),
    Role(
        "head", "Headteacher", "Answers for the school.", Reach.SCHOOL,
        _SENCO | {
            P.RESTRICTED, P.DUTY_ATTEST, P.DUTY_OBSERVE, P.WEEK, P.POLICY_CONFIRMATIONS, P.POLICY_SHEET, P.HAND_OVER,
            P.CLOCKS_SET, P.SENCO_APPOINT, P.APPRAISAL_TICK, P.DEPARTURES_DECIDE, P.DUTY_SIGN_OFF,
        },
    ),
    Role(
        "dsl", "Designated safeguarding lead", "Answers for safeguarding.", Reach.SCHOOL,
        _WORKS | frozenset({
            P.BRIEF, P.PLAN, P.RESTRICTED, P.FIND_PUPILS, P.CONCERN_RAISE, P.NOTE_WRITE, P.NOTES_ANSWER,
            P.REGISTER, P.HISTORY, P.DUTIES, P.RESULTS,
        }),
    ),
    Role(
        "chair", "Chair of governors", "Leads the school’s board.", Reach.SCHOOL,
        _STAFF | {P.COUNTS, P.DUTIES, P.DUTY_ASK, P.SENCO_CONFIRM},
    ),
    Role(
        "governor", "Local governor", "Asks questions of the school.", Reach.SCHOOL,
        _STAFF | {P.COUNTS, P.DUTIES, P.DUTY_ASK},
    ),
    Role(
        "link_governor", "Link governor for SEND", "Asks about SEND, and sees for themselves.", Reach.SCHOOL,
        _STAFF | {P.COUNTS, P.DUTIES, P.DUTY_OBSERVE, P.DUTY_ASK, P.SENCO_CONFIRM},
    ),
    Role(
        "central", "Trust central team", "Supports schools; sees counts.", Reach.TRUST,
        _BOARD | _WORKS | {
            P.DUTY_OBSERVE, P.FOUND_ALIKE, P.POLICY_COMMENT, P.POLICY_CONFIRMATIONS, P.CLOCKS, P.TRAINING_PLAN,
            P.CHANGES_KEEP,
        },
    ),
    Role(
        "director", "Director for inclusion", "Leads inclusion in the trust.", Reach.TRUST,
        _BOARD | _WORKS | {
            P.DUTY_OBSERVE, P.DUTY_ATTEST, P.DUTY_EXPLAIN, P.DUTY_EXEMPT, P.DUTY_KEEP, P.POINTS, P.POINTS_TRUST,
            P.SIGNS_KEEP, P.FOUND_ALIKE, P.POLICY_KEEP, P.POLICY_CONFIRMATIONS, P.CLOCKS, P.CLOCKS_SET, P.SENCO_POST,
            P.SENCO_APPOINT, P.TRAINING_PLAN, P.CHANGES_KEEP,
        },
    ),
    Role(
        "send_trustee", "SEND trustee", "Answers for SEND on the board.", Reach.TRUST,
        _BOARD | {P.DUTY_ASK, P.POLICY_COMMENT},
    ),
    Role("trustee", "Trustee", "Sits on the board.", Reach.TRUST, _BOARD | {P.DUTY_ASK, P.POLICY_COMMENT}),
    Role("parent", "Parent or carer", "Knows the child best.", Reach.OWN, frozenset({P.OWN_CHILD}), staff=False),
    Role("pupil", "Pupil", "The reason for all of it.", Reach.OWN, frozenset({P.OWN_PAGE}), staff=False),
    Role(
        "young_person", "Young person, 16 or over", "Decides for themselves.", Reach.OWN,
        frozenset({P.OWN_PAGE, P.OWN_CHILD}), staff=False,
    ),
    Role("professional", "External professional", "Invited to one case.", Reach.CASE, frozenset(), staff=False),
    Role("la_officer", "LA officer", "Asks and answers for the council.", Reach.CASE, frozenset(), staff=False),
    Role(
        "admin", "School admin", "Schedules, files and imports.", Reach.SCHOOL,
        _WORKS | {P.FIND_PUPILS, P.PUPILS_IMPORT, P.RESULTS_IMPORT, P.POINTS, P.POLICY_SHEET},
    ),
    Role("dpo", "Data protection officer", "Answers for the data.", Reach.TRUST, _WORKS),
    Role("designated", "Designated teacher", "Looks after pupils in care.", Reach.SCHOOL, _WORKS),
    Role("careers", "Careers lead", "Guides what comes next.", Reach.SCHOOL, _WORKS),
    Role("admissions", "Admissions officer", "Runs admissions.", Reach.SCHOOL, _WORKS),
    Role("exams", "Exams officer", "Runs exams.", Reach.SCHOOL, _WORKS),
    Role("inspector", "Inspector", "Reads a dated pack.", Reach.NONE, frozenset(), staff=False),
    Role("sysadmin", "System administrator", "Keeps the system; sees no pupil.", Reach.NONE, _WORKS | {P.STRUCTURE}),
)  # fmt: skip

ROLES: Mapping[str, Role] = {role.code: role for role in _ROLES}

# Roles whose school stands open at the second wall. The first wall then decides row by row; a role that is
# not here (an administrator, an inspector) finds no pupil's row in the database at all.
WALL_ROLES: tuple[str, ...] = tuple(
    role.code
    for role in _ROLES
    if role.staff and role.permissions - _WORKS and role.reach not in (Reach.NONE, Reach.OWN, Reach.CASE)
)

# Whoever works for the trust or sits on a board: who is told of a change of policy.
STAFF_ROLES: tuple[str, ...] = tuple(role.code for role in _ROLES if role.staff)

# Who sits on a school's own board.
LOCAL_BOARD = ("chair", "governor", "link_governor")

# Whose school stays shut until they have been inducted. Governors and trustees read counts and are no staff of a school.
INDUCTED_ROLES: tuple[str, ...] = tuple(
    code for code in WALL_ROLES if code not in {*LOCAL_BOARD, "send_trustee", "trustee"}
)
# All that a new member of staff may do before.
BEFORE_INDUCTION = _STAFF

BANDS: Mapping[int, Permission] = {1: P.BRIEF, 2: P.PLAN, 3: P.FILE, 4: P.RESTRICTED}

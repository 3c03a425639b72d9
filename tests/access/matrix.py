"""Who may open what: the confidentiality policy as a table. Read it aloud; if a line sounds wrong, it is.

`own` is a pupil on the person's own timetable, or their own child, or themselves. `same` is another pupil of the
same school, `other` one of another school of the trust, `none` a number that belongs to nobody. Whoever is not
named gets the page that says there is nothing here, the same one for a stranger's child as for no child at all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from alongside.base.access.roles import ROLES

RELATIONS = ("own", "same", "other", "none")
EVERYBODY = "everybody"

SENCO = {"senco", "cover_senco"}
HEAD = {"head"}
DSL = {"dsl"}
TEACHER = {"teacher"}
TA = {"ta"}
OFFICE = {"admin"}
PARENT = {"parent", "young_person"}  # from 16 a young person decides, and reads what a parent would
ADMINISTRATOR = {"sysadmin"}
SIGNED_IN = set(ROLES)
WORLD = SIGNED_IN | {EVERYBODY}
NOBODY: set[str] = set()

STAFF = {code for code, role in ROLES.items() if role.staff}
RUNS_SEN = SENCO | HEAD  # the whole file of every pupil of the school
GOVERNORS = {"chair", "governor", "link_governor"}
HANDS_OVER = {"senco", "head"}
LINK = {"link_governor"}
CHAIR = {"chair"}
CENTRAL = {"central"}
DIRECTOR = {"director"}
TRUSTEES = {"send_trustee", "trustee"}
BOARD = CENTRAL | DIRECTOR | TRUSTEES  # sees every school, by states and counts
READS_PLANS = RUNS_SEN | DSL  # every plan of the school
CLASSROOM = TEACHER | TA
WORKS = RUNS_SEN | DSL | CLASSROOM | OFFICE | CENTRAL | DIRECTOR | ADMINISTRATOR | {
    "dpo", "designated", "careers", "admissions", "exams",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One address: who opens it for a pupil of their own, and for another pupil of their school."""

    own: Collection[str]
    same: Collection[str] = frozenset()
    parts: tuple[str, ...] = ()
    post: bool = False
    about: bool = True  # about one pupil or school; otherwise about nobody in particular
    other: Collection[str] = frozenset()

    def allows(self, role: str, relation: str) -> bool:
        return role in {"own": self.own, "same": self.same, "other": self.other}.get(relation, ())


def about(
    *parts: str, own: Collection[str], same: Collection[str], post: bool = False, other: Collection[str] = frozenset()
) -> Row:
    return Row(own, same, parts, post, other=other)


def page(who: Collection[str], *parts: str, post: bool = False) -> Row:
    return Row(who, parts=parts, post=post, about=False)


NOWHERE = "=987654321"  # somebody else's notice or view: for everybody alike there is nothing here

MATRIX: dict[str, Row] = {
    # Anybody at all: help, and how to get in.
    "help": page(WORLD),
    "health": page(WORLD),
    "portal:ask": page(WORLD),
    "portal:code": page(WORLD),
    # Everybody who is signed in has a start page and their own messages, and no one else's.
    "desk:home": page(SIGNED_IN),
    "desk:notices": page(SIGNED_IN),
    "desk:read": page(NOBODY, NOWHERE, post=True),
    # Whoever could give their account a colleague's address would be let in when that colleague is.
    "closed": page(NOBODY),
    # A pupil's name is found by staff who work with pupils, and by the office for its lists.
    "find": page(RUNS_SEN | DSL | CLASSROOM | OFFICE),
    "desk:pupil": about("pupil", own=READS_PLANS | CLASSROOM | OFFICE, same=READS_PLANS | OFFICE),
    # What is due at a school belongs to those who run SEN there; the week on one page to its headteacher. The page
    # without a name is for whoever may read how duties stand.
    "desk:week": page(HEAD),
    "desk:school": page(READS_PLANS | GOVERNORS | BOARD),
    "desk:today": page(RUNS_SEN),
    "desk:timeline": about("pupil", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "desk:looked": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    # The register is read by those who run SEN and by the DSL; only the former change it.
    "register:register": page(READS_PLANS),
    "register:print_": page(READS_PLANS),
    "register:export": page(READS_PLANS),
    "register:chosen": page(READS_PLANS),
    "register:save_view": page(READS_PLANS, post=True),
    "register:drop_view": page(NOBODY, NOWHERE, post=True),
    "register:add": page(RUNS_SEN),
    "register:decide": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "register:tell": about("pupil", "decision", own=RUNS_SEN, same=RUNS_SEN),
    "register:place": about("pupil", "decision", own=RUNS_SEN, same=RUNS_SEN),
    "register:withdraw": about("pupil", "decision", own=RUNS_SEN, same=RUNS_SEN),
    "register:take_off": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "register:needs": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "register:plan": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "register:disability": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "register:check": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    # Anybody who works with a pupil may raise a concern; who runs SEN answers it. This one was raised by the SENCO.
    "concerns:queue": page(READS_PLANS | CLASSROOM),
    "concerns:pick": page(READS_PLANS | CLASSROOM),
    "concerns:raise_": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "concerns:of_pupil": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "concerns:concern": about("concern", own=RUNS_SEN, same=RUNS_SEN),
    "concerns:triage": about("concern", own=RUNS_SEN, same=RUNS_SEN),
    "concerns:part": about("concern", "=views", own=RUNS_SEN, same=RUNS_SEN, post=True),
    # What results say of a pupil is read and answered by their teacher and by those who run SEN; how whole schools stand,
    # in counts, by those who ask about them. The director alone lets a sign ask.
    "identification:flags": page(RUNS_SEN | TEACHER),
    "identification:pupil": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "identification:answer": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "identification:sweep": page(RUNS_SEN),
    "identification:sweep_sheet": page(RUNS_SEN),
    "identification:counts": page(RUNS_SEN | GOVERNORS | BOARD),
    "identification:alike": page(CENTRAL | DIRECTOR),
    "identification:signs": page(DIRECTOR),
    "identification:switch": page(NOBODY, post=True),
    "identification:run": page(DIRECTOR, post=True),
    # What is promised is read with the plan; only those who run SEN promise it.
    "provision:map": page(RUNS_SEN),
    "provision:print": page(RUNS_SEN),
    "provision:catalogue": page(READS_PLANS | TEACHER),
    "provision:pupil": about("pupil", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "provision:line": about("line", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "provision:add": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "provision:cost": about("pupil", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "provision:stop": about("line", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "provision:sessions": page(RUNS_SEN | CLASSROOM),
    "provision:log": about("line", own=RUNS_SEN | CLASSROOM, same=RUNS_SEN),
    # Results of assessments: teachers enter those of their own classes, who runs SEN and the headteacher every class's; the
    # office brings them in from a file and reads none of a pupil. A TA has none. The board and governors see how many.
    "assessment:board": page(RUNS_SEN | TEACHER | OFFICE | DIRECTOR),
    "assessment:counts": page(RUNS_SEN | GOVERNORS | BOARD),
    "assessment:points": page(RUNS_SEN | TEACHER | OFFICE | DIRECTOR),
    "assessment:add_point": page(RUNS_SEN | DIRECTOR),
    "assessment:point": about("point", own=RUNS_SEN, same=RUNS_SEN),
    "assessment:drop_point": about("point", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "assessment:drop_sitting": about("sitting", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "assessment:class": about("point", "group", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "assessment:scales": page(RUNS_SEN | TEACHER | OFFICE | DIRECTOR),
    "assessment:add_scale": page(RUNS_SEN | DIRECTOR),
    "assessment:manual": about("scale", own=DIRECTOR, same=DIRECTOR, other=DIRECTOR),
    "assessment:files": page(RUNS_SEN | OFFICE),
    "assessment:file": about("file", own=RUNS_SEN | OFFICE, same=RUNS_SEN | OFFICE),
    "assessment:take_over": page(RUNS_SEN | OFFICE, post=True),
    "assessment:pupil": about("pupil", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "assessment:develop": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    # Plans: the teacher of a pupil writes them, those who run SEN approve them, the DSL reads them.
    "support:board": page(READS_PLANS | TEACHER),
    "support:start_for": about("pupil", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "support:cycle": about("cycle", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "support:assess": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:plan": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:put_in": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:drop_outcome": about("cycle", "outcome", own=RUNS_SEN | TEACHER, same=RUNS_SEN, post=True),
    "support:start": about("cycle", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "support:review": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:close": about("cycle", own=RUNS_SEN, same=RUNS_SEN),
    "support:carry_on": about("cycle", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "support:answer": about("cycle", "answer", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:paper": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:paper_word": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:paper_page": about("cycle", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "support:family_paper": about("cycle", own=RUNS_SEN | TEACHER | PARENT, same=RUNS_SEN),
    "support:family_paper_word": about("cycle", own=RUNS_SEN | TEACHER | PARENT, same=RUNS_SEN),
    "support:family_paper_page": about("cycle", own=RUNS_SEN | TEACHER | PARENT, same=RUNS_SEN),
    # The brief is for every adult with the pupil; it names no diagnosis unless the family agreed.
    "classroom:classes": page(READS_PLANS | CLASSROOM),
    "classroom:sheet": about("group", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "classroom:brief": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "classroom:got_it": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS, post=True),
    "classroom:used": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS, post=True),
    "classroom:readers": about("pupil", own=RUNS_SEN | DSL, same=RUNS_SEN | DSL),
    "classroom:edit": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "classroom:profile": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "classroom:profile_pdf": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "classroom:profile_docx": about("pupil", own=RUNS_SEN | TEACHER, same=RUNS_SEN),
    "classroom:note": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "classroom:notes": page(RUNS_SEN | DSL),
    "classroom:one_note": about("note", own=RUNS_SEN, same=RUNS_SEN),
    # Papers as they were issued open to whoever may read what is in them.
    "documents:of_pupil": about("pupil", own=READS_PLANS | CLASSROOM, same=READS_PLANS),
    "documents:paper": about("document", own=READS_PLANS | TEACHER, same=READS_PLANS),
    "documents:draft": page(SIGNED_IN, post=True),
    # What waits, why a date was missed and who covers belong to those who run SEN; a cover hands nothing on.
    "clocks:wait": about("row", own=RUNS_SEN, same=RUNS_SEN),
    "clocks:waiting": page(RUNS_SEN),
    "clocks:back": about("waits", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "clocks:missed": about("missed", own=RUNS_SEN, same=RUNS_SEN),
    "cover:hand": page(HANDS_OVER),
    "cover:notes": about("handover", own=HANDS_OVER, same=HANDS_OVER),
    "cover:take_back": about("handover", own=HANDS_OVER, same=HANDS_OVER, post=True),
    # The log of departures from the Code belongs to those who run SEN; the headteacher alone decides on one.
    "departures:log": page(RUNS_SEN),
    "departures:new": about("school", own=RUNS_SEN, same=RUNS_SEN),
    "departures:new_for": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "departures:new_missed": about("missed", own=RUNS_SEN, same=RUNS_SEN),
    "departures:statement": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "departures:statement_pdf": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "departures:statement_word": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    "departures:one": about("departure", own=RUNS_SEN, same=RUNS_SEN),
    "departures:decide": about("departure", own=HEAD, same=HEAD),
    "departures:add": about("departure", own=RUNS_SEN, same=RUNS_SEN),
    "departures:end": about("departure", own=RUNS_SEN, same=RUNS_SEN),
    # How clocks run is read by those who run SEN, with names, and in counts by those who lead the trust's schools.
    "clocks:monitor": page(RUNS_SEN | CENTRAL | DIRECTOR),
    "clocks:steps": about(
        "school", own=RUNS_SEN | CENTRAL | DIRECTOR, same=RUNS_SEN | CENTRAL | DIRECTOR, other=CENTRAL | DIRECTOR
    ),
    "clocks:set_steps": about("school", "=1", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    # One's own calendar and mail; a row of it opens for whoever owns it. Secret addresses are asked elsewhere.
    "morning:calendar": page(RUNS_SEN | TEACHER),
    "morning:make": page(RUNS_SEN | TEACHER, post=True),
    "morning:end": page(RUNS_SEN | TEACHER, post=True),
    "morning:mail": page(RUNS_SEN | TEACHER),
    "morning:row": about("row", own=RUNS_SEN, same=RUNS_SEN),
    # How duties stand: states and counts for those who answer for them or ask about them; no pupil by name. S03-44 of a
    # school is attested, S03-27 observed; S03-02 and S03-21 are such duties of the trust.
    "duties:board": page(READS_PLANS | GOVERNORS | BOARD),
    "duties:trust": page(BOARD),
    "duties:statement": about(
        "school", own=READS_PLANS | GOVERNORS | BOARD, same=READS_PLANS | GOVERNORS | BOARD, other=BOARD
    ),
    "duties:duty": about(
        "school", "=S03-44", own=READS_PLANS | GOVERNORS | BOARD, same=READS_PLANS | GOVERNORS | BOARD, other=BOARD
    ),
    "duties:statement_pdf": about(
        "school", own=READS_PLANS | GOVERNORS | BOARD, same=READS_PLANS | GOVERNORS | BOARD, other=BOARD
    ),
    "duties:statement_word": about(
        "school", own=READS_PLANS | GOVERNORS | BOARD, same=READS_PLANS | GOVERNORS | BOARD, other=BOARD
    ),
    "duties:attest": about("school", "=S03-44", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    "duties:observe": about(
        "school", "=S03-27", own=LINK | DIRECTOR | CENTRAL, same=LINK | DIRECTOR | CENTRAL, other=DIRECTOR | CENTRAL
    ),
    "duties:explain": about("school", "=S03-44", own=RUNS_SEN | DIRECTOR, same=RUNS_SEN | DIRECTOR, other=DIRECTOR),
    "duties:exempt": about("school", "=S03-44", own=DIRECTOR, same=DIRECTOR, other=DIRECTOR),
    # The headteacher signs off the term.
    "duties:sign_off": about("school", own=HEAD, same=HEAD),
    # One pupil's duties name what is missing in the file: for whoever reads the whole of it.
    "duties:pupil": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
    # A board asks about its school or its trust; who answers for duties there answers.
    "duties:ask": about("school", own=GOVERNORS | TRUSTEES, same=GOVERNORS | TRUSTEES, other=TRUSTEES),
    "duties:trust_ask": page(TRUSTEES),
    "duties:answer": about("question", own=RUNS_SEN | DIRECTOR, same=RUNS_SEN | DIRECTOR, other=DIRECTOR),
    # Everybody who reads duties sees their own; the scheme is read by the board and kept by the director.
    "duties:mine": page(READS_PLANS | GOVERNORS | BOARD),
    "duties:scheme": page(BOARD),
    "duties:delegate": page(DIRECTOR),
    "duties:end_delegation": page(NOBODY, NOWHERE, post=True),
    "duties:versions": page(DIRECTOR, "=S03-02"),
    "duties:new_version": page(DIRECTOR, "=S03-02"),
    "duties:withdraw": page(NOBODY, NOWHERE, post=True),
    "duties:trust_duty": page(BOARD, "=S03-02"),
    "duties:trust_attest": page(DIRECTOR, "=S03-02"),
    "duties:trust_observe": page(DIRECTOR, "=S03-21"),
    "duties:trust_explain": page(DIRECTOR, "=S03-02"),
    # Everybody on the staff reads the policy. The director keeps it; the central team and the trustees comment.
    "policy:home": page(STAFF),
    "policy:read": page(STAFF),
    "policy:version": page(STAFF, "version"),
    "policy:map": page(STAFF),
    "policy:clause": page(STAFF, "clause"),
    "policy:of_duty": page(STAFF, "=S00-01"),
    "policy:oddities": page(STAFF),
    "policy:library": page(STAFF),
    "policy:clocks": page(STAFF),
    "policy:item": page(STAFF, "item"),
    "policy:review": page(STAFF, "review"),
    **{
        f"policy:{reader}_{form}": page(STAFF, "version")
        for reader in ("staff", "family", "easy")
        for form in ("pdf", "word", "page")
    },
    "policy:correct": page(DIRECTOR, "version"),
    "policy:approve": page(DIRECTOR, "version"),
    "policy:summaries": page(DIRECTOR, "version"),
    "policy:publish": page(DIRECTOR, "version", post=True),
    "policy:flowchart": page(DIRECTOR, "version"),
    "policy:edit_clause": page(DIRECTOR, "clause"),
    "policy:settle": page(DIRECTOR, "section"),
    "policy:oddity": page(DIRECTOR, "=9"),
    "policy:add_item": page(DIRECTOR),
    "policy:check_item": page(DIRECTOR, "item"),
    "policy:open": page(DIRECTOR, post=True),
    "policy:gather": page(DIRECTOR, "review", post=True),
    "policy:section": page(DIRECTOR, "review", "=4"),
    "policy:point": page(DIRECTOR, "agenda"),
    "policy:answer": page(DIRECTOR, "comment"),
    "policy:prepare": page(DIRECTOR, "review"),
    "policy:comment": page(BOARD - DIRECTOR, "review"),
    "policy:complete": page(BOARD, "review"),
    # One confirms for oneself; those who may see a reading are told so, for others it is not there. This one is the teacher's.
    "policy:confirm": page(TEACHER | HEAD | OFFICE | CENTRAL | DIRECTOR, "reading", post=True),
    "policy:sign": page(HEAD | OFFICE, "reading", post=True),
    "policy:notices": page(HEAD | CENTRAL | DIRECTOR),
    "policy:my_sheet": page(HEAD | OFFICE),
    "policy:staff": about(
        "school",
        own=HEAD | OFFICE | CENTRAL | DIRECTOR,
        same=HEAD | OFFICE | CENTRAL | DIRECTOR,
        other=CENTRAL | DIRECTOR,
    ),
    "policy:sheet": about("school", own=HEAD | OFFICE, same=HEAD | OFFICE),
    # Which families are on the register is known to those who run SEN.
    "policy:my_families": page(RUNS_SEN),
    "policy:families": about("school", own=RUNS_SEN, same=RUNS_SEN),
    "policy:letter": about("family", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "policy:not_arrived": about("family", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "policy:partners": page(DIRECTOR),
    "policy:add_partner": page(DIRECTOR),
    "policy:check_partner": page(DIRECTOR, "partner", post=True),
    # What is published: the director keeps the register; the web version is for the world once it is switched on.
    "policy:published": page(DIRECTOR),
    "policy:file": page(DIRECTOR, "version"),
    "policy:where": page(DIRECTOR),
    "policy:web": page(DIRECTOR, post=True),
    "policy:look": page(DIRECTOR, post=True),
    "policy:kept_file": page(DIRECTOR, "approved_file"),
    "policy:public": page(WORLD),
    "policy:public_file": page(WORLD),
    # A starter's three steps; whoever is no starter is sent to the policy's front page.
    "policy:induction": page(STAFF),
    "policy:summary": page(STAFF),
    "policy:check": page(STAFF),
    # The SENCO's post: whole for who runs SEN and the director, by states for who asks about it. The head appoints and
    # agrees hours; only the SENCO notes their own and says whether they are enough.
    "workforce:post": page(READS_PLANS | GOVERNORS | BOARD),
    "workforce:trust": page(BOARD),
    "workforce:at": about(
        "school", own=READS_PLANS | GOVERNORS | BOARD, same=READS_PLANS | GOVERNORS | BOARD, other=BOARD
    ),
    "workforce:appoint": about("school", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    "workforce:end": about("school", "appointment", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    "workforce:course": about("school", "appointment", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    "workforce:agree": about("school", own=HEAD | DIRECTOR, same=HEAD | DIRECTOR, other=DIRECTOR),
    "workforce:week": about("school", own=SENCO, same=SENCO),
    "workforce:say": about("school", own=SENCO, same=SENCO),
    "workforce:confirm": about("school", own=CHAIR | LINK, same=CHAIR | LINK),
    # Training: one's own record for whoever works here; a colleague's for SENCO and head; counts for the central team.
    "training:own": page(WORKS),
    "training:changed": page(NOBODY, NOWHERE),
    "training:join": page(NOBODY, NOWHERE, post=True),
    "training:sign": page(NOBODY, NOWHERE, post=True),
    "training:grid": page(RUNS_SEN),
    "training:add": page(RUNS_SEN),
    "training:rate": about("adult", own=SENCO, same=SENCO),
    "training:left": page(NOBODY, NOWHERE),
    "training:coaching": page(RUNS_SEN),
    "training:appraisals": page(HEAD),
    "training:coverage": page(READS_PLANS | GOVERNORS | BOARD),
    "training:courses": page(RUNS_SEN | CENTRAL | DIRECTOR),
    "training:write": page(RUNS_SEN | CENTRAL | DIRECTOR),
    "training:course": about("course", own=RUNS_SEN, same=RUNS_SEN),
    "training:change": about("course", own=RUNS_SEN, same=RUNS_SEN),
    "training:approve": about("course", own=HEAD, same=HEAD, post=True),
    "training:session": about("session", own=RUNS_SEN, same=RUNS_SEN),
    "training:pool": page(CENTRAL | DIRECTOR),
    "training:answer": page(CENTRAL | DIRECTOR, "=1"),
    "training:lines": page(DIRECTOR),
    # Changes: written by the central team and the director, put into practice by SENCO and head; no school reads how far
    # another is. Boards see them as a duty and no more.
    "changes:home": page(RUNS_SEN | CENTRAL | DIRECTOR),
    "changes:write": page(CENTRAL | DIRECTOR),
    "changes:notice": page(RUNS_SEN | CENTRAL | DIRECTOR, "change"),
    "changes:change": page(CENTRAL | DIRECTOR, "draft"),
    "changes:drop": page(CENTRAL | DIRECTOR, "draft", post=True),
    "changes:add": page(CENTRAL | DIRECTOR, "change"),
    "changes:withdraw": page(CENTRAL | DIRECTOR, "change"),
    "changes:acknowledge": about("task", own=RUNS_SEN, same=RUNS_SEN, post=True),
    "changes:finish": about("task", own=RUNS_SEN, same=RUNS_SEN),
    "changes:ask": about("task", own=RUNS_SEN, same=RUNS_SEN),
    "changes:answer": page(CENTRAL | DIRECTOR, "asked"),
    # Files with pupils in them are brought in by those who run SEN, and by the office. This number is nobody's file.
    "exchange:batches": page(RUNS_SEN | OFFICE),
    "exchange:batch": page(NOBODY, NOWHERE),
    "exchange:columns": page(NOBODY, NOWHERE),
    "exchange:progress": page(NOBODY, NOWHERE),
    "exchange:decide": page(NOBODY, NOWHERE, post=True),
    "exchange:apply": page(NOBODY, NOWHERE, post=True),
    "exchange:undo": page(NOBODY, NOWHERE, post=True),
    "exchange:again": page(NOBODY, NOWHERE, post=True),
    # The trust's structure is kept by its administrator, who opens nothing else.
    "people:posts": page(ADMINISTRATOR),
    "people:add": page(ADMINISTRATOR),
    "people:end": page(NOBODY, NOWHERE),
    "people:link": page(NOBODY, NOWHERE, post=True),
    "people:calendar": page(ADMINISTRATOR),
    "people:fill": page(ADMINISTRATOR),
    "people:remove_term": page(NOBODY, NOWHERE, post=True),
    "people:remove_closure": page(NOBODY, NOWHERE, post=True),
    # A family reads about its own child, and about no other.
    "portal:home": page(PARENT),
    "portal:policy": page(PARENT),
    "portal:child": about("pupil", own=PARENT, same=NOBODY),
    "portal:plan": about("pupil", own=PARENT, same=NOBODY),
    "portal:answer": about("pupil", "outcome", own=PARENT, same=NOBODY),
    "portal:worry": about("pupil", own=PARENT, same=NOBODY),
    "portal:looked": about("pupil", own=PARENT, same=NOBODY),
    "portal:invitations": about("pupil", own=RUNS_SEN, same=RUNS_SEN),
}

# Asked elsewhere: single-use links, leaving, the sign-in cards of a demo, and the sheet of components.
NOT_OURS = {"morning:feed", "morning:stop", "portal:enter", "portal:invite", "portal:leave"} | {
    f"design:{name}" for name in ("components", "today", "register", "empty", "family", "print", "sheet")
} | {"demo:choose", "demo:sign_in"}  # fmt: skip

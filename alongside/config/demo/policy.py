"""The invented trust's policy: one version superseded, one current with the month it prints, a review under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from alongside.areas.policy import actions
from alongside.areas.policy.models import FamilyNotice, Reading, Reference, Review, Section, Stakeholder, Version
from alongside.areas.policy.publishing import actions as publishing
from alongside.areas.policy.publishing.fetch import UNREACHED
from alongside.areas.policy.publishing.rules import Seen
from alongside.areas.policy.reviews import actions as reviews
from alongside.areas.policy.rules import Way
from alongside.areas.policy.telling import actions as telling
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.documents.word import Word
from alongside.base.people.models import Account, Person
from alongside.base.schools.models import School
from alongside.kit.bulk import update_many
from alongside.kit.time import LONDON

_WEBSITE = "https://www.larkenby.example/policies/send-policy-tb15.docx"
_LOOKS, _UNREACHED = 21, 9  # nights; one of them the website was down
_SINCE = timedelta(weeks=7)  # how long the version has been current here
_OPENED, _CONFIRMED = 0.85, 0.72  # of the staff
_READ, _SENT, _FAILED = 0.4, 0.7, 0.04  # of the families
_AGENCY = ("Agatha Pell", "Corin Vale")
_STAFF = "Reviews have one page for all three meetings of the year.\nA concern is answered within ten school days."
_FAMILY = (
    "We look at your child’s plan with you three times a year.\nYou can ask us for a meeting at any time.\n"
    "Tell us when something worries you. We answer in two weeks."
)
_EASY = "We meet you three times a year.\nYou can ask us to meet.\nTell us if you worry."
_PARTNERS = (
    ("Tansfordshire Council, SEND team", "Local authority", "send.team@tansfordshire.example"),
    ("Wexmouth Council, inclusion", "Local authority", "inclusion@wexmouth.example"),
    ("Integrated care board, SEND lead", "Health", "send.lead@care-board.example"),
    ("Children’s social care, front door", "Social care", "front.door@tansfordshire.example"),
    ("Chairs of the local governing boards", "Governors", "chairs@larkenby.example"),
    ("Staff unions’ joint secretary", "Unions", "joint.secretary@unions.example"),
    ("Feeder nurseries’ network", "Feeder settings", "network@nurseries.example"),
)
_COMMENT = "The part on reviews is clearer; please keep the examples for secondary schools."
_KEPT = (
    "It still says what schools do.",
    "Read with two SENCOs; nothing has changed.",
    "It follows the law as it stands.",
)


def hold_policy(*, seed: int, on: date) -> None:
    """Let the trust have a policy in force, partly read, and a review of it. Once: more schools only hear of it."""
    with scope(all_schools(), why="invented trust"):
        director = Person.objects.filter(posts__role="director", posts__school=None).first()
        if director is None or Version.objects.current().exists():
            return
        draw, since = Random(f"{seed}-policy"), on - _SINCE
        by = actor_of(director, on=on)
        version = _in_force(by, since)
        _read(version, draw, since, on)
        _families(version, draw, since)
        _partners(version, by, since)
        _library(draw, on)
        _published(version, by, since, on)
        _review(version, by, draw, on)
        _starter(on)


def _in_force(by: Actor, since: date) -> Version:
    """The version before, long superseded; then the text as issued, approved and current for seven weeks."""
    Version.objects.create(
        reference="TB14", issue_on=date(2023, 9, 1), issue_printed="September 2023", next_review=date(2024, 9, 1),
        next_review_printed="September 2024", body="Trust Board", approved_on=date(2023, 7, 12), minute="9.3",
        current_since=date(2023, 9, 1), superseded_on=since,
    )  # fmt: skip
    version = Version.objects.get(as_issued=True)
    approval = actions.ApprovalDraft("Trust Board", date(2024, 7, 10), "11.2")
    actions.approve(version=version, draft=approval, by=by, on=since)
    actions.summarise(version=version, staff=_STAFF, family=_FAMILY, easy=_EASY, by=by, on=since)
    actions.add_flowchart(
        version=version, title="When you are worried about a pupil", workflow="concerns:queue",
        text="Say what you see and what you have tried.\nSend the concern; no proof and no label is needed.\n"
        "The SENCO answers within ten school days: watch, look closer, decide, or teach differently.\n"
        "Parents hear what happens next.\nIf the pupil may not be safe, go to the safeguarding lead at once.",
        by=by, on=since,
    )  # fmt: skip
    return telling.publish(version=version, by=by, on=since)


def _read(version: Version, draw: Random, since: date, on: date) -> None:
    """Most of the staff have opened and confirmed it; some are late. Two agency staff are on the first school's sheet."""
    readings = list(Reading.objects.filter(version=version).order_by("pk"))
    for reading in readings:
        if draw.random() < _OPENED:
            reading.opened_on = since + timedelta(days=draw.randint(0, 12))
            if draw.random() < _CONFIRMED / _OPENED:
                reading.confirmed_on = reading.opened_on
    update_many(readings, ["opened_on", "confirmed_on"])
    school = School.objects.order_by("urn").first()
    Reading.objects.bulk_create(
        Reading(version=version, name=name, school=school, on_sheet=True, starter=True, told_on=on - timedelta(days=4))
        for name in _AGENCY
    )


def _families(version: Version, draw: Random, since: date) -> None:
    """Some have read it on their page, most letters have gone, a few came back and one of these was followed."""
    notices = list(FamilyNotice.objects.filter(version=version).order_by("pk"))
    for notice in notices:
        if notice.way == Way.PORTAL:
            notice.read_on = since + timedelta(days=draw.randint(1, 20)) if draw.random() < _READ else None
        elif draw.random() < _SENT:
            notice.sent_on = since + timedelta(days=draw.randint(1, 9))
            if draw.random() < _FAILED:
                notice.failed_on = notice.sent_on + timedelta(days=4)
                notice.letter_on = notice.failed_on + timedelta(days=2) if draw.random() < 0.5 else None
    update_many(notices, ["read_on", "sent_on", "failed_on", "letter_on"])


def _partners(version: Version, by: Actor, since: date) -> None:
    """A list of partners by role; one has not been told yet, and one was last checked long ago."""
    made = [
        telling.add_stakeholder(name=name, kind=kind, address=address, by=by, on=since)
        for name, kind, address in _PARTNERS
    ]
    told = [partner.pk for partner in made[:-1]]
    telling.told_stakeholders(version=version, chosen=told, by=by, on=since + timedelta(days=3))
    Stakeholder.objects.filter(pk=made[2].pk).update(checked_on=since - timedelta(days=420))


def _library(draw: Random, on: date) -> None:
    """Most entries were checked this year."""
    for item in Reference.objects.order_by("pk"):
        ago = draw.randint(20, 300) if draw.random() < 0.9 else draw.randint(380, 600)
        Reference.objects.filter(pk=item.pk).update(checked_on=on - timedelta(days=ago))


def _published(version: Version, by: Actor, since: date, on: date) -> None:
    """The approved file is on the trust's website, found the same each night until yesterday; the web version is on."""
    file = publishing.keep_file(
        version=version, name="SEND-policy-TB15.docx", body=_file(since), reason="", by=by, on=since
    )
    place = publishing.say_where(address=_WEBSITE, by=by, on=since)
    publishing.switch_web(web_on=True, by=by, on=since)
    for ago in range(_LOOKS, 0, -1):
        wrong = Seen(wrong=UNREACHED) if ago == _UNREACHED else Seen(sha256=file.sha256, size=file.size)
        publishing.keep_look(address=place.address, file=file, seen=wrong, by=by, on=on - timedelta(days=ago))


def _file(since: date) -> bytes:
    """A short Word document in place of the printed policy."""
    word = Word("SEND policy", author="Trust Board", made=datetime.combine(since, time(9), LONDON))
    word.heading("SEND policy TB15")
    word.text("An invented file, to compare with an invented website.")
    return word.content()


def _review(version: Version, by: Actor, draw: Random, on: date) -> None:
    """Open for three weeks: half of the sections decided, one side heard and answered, the other waiting."""
    opened = on - timedelta(weeks=3)
    review = reviews.open_review(version=version, by=by, on=opened)
    sections: Sequence[Section] = list(version.sections.all())
    for section in sections[: len(sections) // 2]:
        reviews.decide(
            review=review, section=section, decisions={}, rest=draw.choice(_KEPT), by=by,
            on=opened + timedelta(days=section.number),
        )  # fmt: skip
    _comment(review, "central", _COMMENT, by, opened)


def _comment(review: Review, role: str, says: str, by: Actor, opened: date) -> None:
    person = Person.objects.filter(posts__role=role, posts__school=None).first()
    if person is not None:
        day = opened + timedelta(days=8)
        made = reviews.comment(review=review, says=says, declined=False, by=actor_of(person, on=day), on=day)
        reviews.answer(comment=made, reply="Both sets of examples stay.", by=by, on=day + timedelta(days=2))


def _starter(on: date) -> None:
    """A teacher who began three days ago and has yet to read it: pupil data are shut."""
    school = School.objects.order_by("urn").first()
    person = Person.objects.create(title="Miss", given="Nell", family="Starling")
    account = Account(person=person, email="nell.starling@newcomers.example")
    account.set_unusable_password()
    account.save()
    Post.objects.create(person=person, role="teacher", school=school, since=on - timedelta(days=3))

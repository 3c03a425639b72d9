"""The invented trust satisfies every rule of the product, as if its verbs had made it."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Q

from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote
from alongside.areas.classroom.rules import check_brief
from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import Decision as Triage
from alongside.areas.provision.models import Session
from alongside.areas.register.models import Decision, Need, PlanRecord, Status
from alongside.areas.support.models import Cycle, Outcome, Review
from alongside.areas.support.queries import plan_facts
from alongside.areas.support.rules import ResultFacts as Found
from alongside.areas.support.rules import Stage, check_outcome, check_review, faults_of_plan
from alongside.base.access.models import Post, Tie
from alongside.base.access.roles import ROLES
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.deadlines.actions import refresh
from alongside.base.history.kinds import KINDS
from alongside.base.history.models import Event
from alongside.base.people.models import Person
from alongside.base.pupils.access import may_see
from alongside.base.pupils.models import Absence, Contact, Pupil
from alongside.base.schools.models import School
from alongside.kit.time import now
from alongside.law import codes, upn
from alongside.law.codes import Provision
from alongside.law.safeguarding import is_safeguarding
from tests.people import TODAY

SCHOOLS, PUPILS = 4, 480


@pytest.fixture(scope="module")
def trust(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One small invented trust for all of these tests, gone when they are done."""
    from django.db import transaction

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("demo", schools=SCHOOLS, pupils=PUPILS, verbosity=0)
        with scope(all_schools()):
            yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


pytestmark = pytest.mark.usefixtures("trust")


def test_it_is_as_large_as_was_asked() -> None:
    assert School.objects.count() == SCHOOLS
    assert Pupil.objects.count() == PUPILS
    assert set(School.objects.values_list("phase", flat=True)) == {"primary", "secondary", "special"}


def test_open_clocks_are_what_the_facts_say() -> None:
    assert not refresh(schools=all_schools(), on=TODAY)


def test_every_role_is_held_by_somebody() -> None:
    assert set(ROLES) - set(Post.objects.values_list("role", flat=True)) == set()


def test_pupils_are_as_a_register_wants_them() -> None:
    for pupil in Pupil.objects.all():
        assert upn.fault(pupil.upn) is None
        assert pupil.nc_year in codes.NC_YEARS
        assert pupil.entered_on is not None
        assert pupil.entered_on < TODAY
    shares = {code: Status.objects.filter(until=None, code=code).count() / PUPILS for code in Provision if code != "N"}
    assert 0.08 < shares[Provision.SUPPORT] < 0.22
    assert 0.03 < shares[Provision.PLAN] < 0.11


def test_phones_and_addresses_belong_to_nobody() -> None:
    for contact in Contact.objects.all():
        assert all(phone["number"].startswith("07700 900") for phone in contact.phones)
        assert not contact.email or contact.email.endswith(".example")


def test_status_rests_on_decision_and_need() -> None:
    assert not Status.objects.filter(code="E").exclude(pupil__in=PlanRecord.objects.values("pupil")).exists()
    for decision in Decision.objects.filter(kind="place"):
        if decision.final_on:
            assert decision.told_on is not None
            assert decision.decided_on <= decision.told_on <= decision.final_on
        assert decision.evidence_on is not None
        assert decision.evidence_on <= decision.decided_on
    for need in Need.objects.filter(until=None):
        code = Status.objects.filter(pupil=need.pupil_id, until=None).values_list("code", flat=True)[0]
        assert codes.may_hold(code, need.code) is None
        assert need.area
    untold = Decision.objects.filter(kind="place", final_on=None, told_on=None)
    assert untold.count() >= SCHOOLS
    assert not Status.objects.filter(pupil__in=untold.values("pupil"), until=None).exists()


def test_every_plan_that_started_had_all_that_a_plan_needs() -> None:
    stages = set()
    for cycle in Cycle.objects.prefetch_related("outcomes", "lines"):
        stages.add(cycle.stage)
        if cycle.started_on and cycle.stage is not Stage.CLOSED:
            assert faults_of_plan(plan_facts(cycle), on=cycle.started_on) == []
    assert stages == set(Stage)


def test_every_outcome_and_review_would_have_been_accepted() -> None:
    for outcome in Outcome.objects.select_related("cycle"):
        assert check_outcome(outcome.facts(), on=outcome.cycle.started_on or outcome.cycle.opened_on) is None
    for review in Review.objects.select_related("cycle").prefetch_related("cycle__outcomes"):
        cycle = review.cycle
        results = [Found(o.number, o.result, o.exit_measure, o.no_measure_because) for o in cycle.outcomes.all()]
        assert cycle.started_on is not None
        assert check_review(
            results, choice=review.choice, parents_view=review.parents_view, pupils_view=review.pupils_view,
            no_views_because=review.no_views_because, held_on=review.held_on, on=TODAY, started_on=cycle.started_on,
        ) is None  # fmt: skip


def test_sessions_were_held_on_days_when_they_could_be() -> None:
    held = Session.objects.filter(held=True)
    away = Absence.objects.values_list("pupil_id", "day")
    assert not set(held.values_list("pupil_id", "day")) & set(away)
    assert not Session.objects.filter(day__gte=TODAY).exists()
    assert held.exists()
    assert Session.objects.filter(held=False).exists()
    assert not Session.objects.filter(Q(day__lt=F("line__since")) | Q(day__gt=F("line__until"))).exists()


def test_concerns_are_dated_and_answered() -> None:
    for concern in Concern.objects.exclude(triaged_on=None):
        assert concern.triaged_on is not None
        assert concern.raised_on <= concern.triaged_on <= TODAY
        assert concern.answer
        if concern.decision in (Triage.CLOSE, Triage.MONITOR):
            assert concern.reason
    assert not [c.seen for c in Concern.objects.all() if is_safeguarding(c.seen)]
    assert Concern.objects.filter(triaged_on=None).exists()


def test_briefs_open_with_strengths_and_some_wait_to_be_read() -> None:
    for brief in Brief.objects.filter(current=True):
        assert check_brief(good_at=brief.good_at, helps=brief.helps) is None
    assert Acknowledgement.objects.filter(confirmed_at__isnull=False).exists()
    assert QuickNote.objects.filter(restricted=True).count() == 2 * SCHOOLS
    assert not [n.text for n in QuickNote.objects.filter(restricted=False) if is_safeguarding(n.text)]


def test_history_tells_it_in_sentences_without_gaps() -> None:
    for event in Event.objects.all():
        assert "…" not in KINDS[event.kind].words(event.facts), event.kind
        # What the product's own verbs did for the invented trust was written down when it was invented.
        assert event.at.date() in (event.on, now().date()) or event.on >= TODAY


def test_a_parent_who_works_here_does_not_see_their_own_child() -> None:
    leanne = Person.objects.get(given="Leanne", family="Frost")
    billy = Pupil.objects.get(given_name="Billy", family_name="Frost")
    assert Tie.objects.filter(person=leanne, pupil_id=billy.pk, kind="parent").exists()
    actor = actor_of(leanne, on=TODAY)
    seen = Pupil.objects.filter(may_see(actor, TODAY))
    assert seen.filter(class_name="6A").exists()
    assert billy not in seen


def test_kuba_is_as_the_story_says() -> None:
    kuba = Pupil.objects.get(liked_name="Kuba", family_name="Kowalski")
    cycles = list(kuba.cycles.order_by("number"))
    assert [cycle.stage for cycle in cycles] == [Stage.CLOSED, Stage.CLOSED, Stage.DO]
    assert str(cycles[-1].lead) == "Tom Whitlock"
    assert kuba.class_name == "4W"


def test_it_is_not_made_twice() -> None:
    with pytest.raises(CommandError, match="here already, with 4 schools") as refused:
        call_command("demo", verbosity=0)
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"schools": 0}, "--schools is 0"), ({"schools": 500}, "--schools is 500"),
        ({"schools": 10, "pupils": 20}, "give each school 30 or more"),
    ],
)  # fmt: skip
def test_a_size_that_cannot_be_is_refused(options: dict[str, int], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("demo", **options)


def test_who_names_somebody_for_each_role(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", who=True)
    said = capsys.readouterr().out
    assert "Ruth Adeyemi, Ottersley Primary" in said
    assert all(role.title in said for role in ROLES.values())

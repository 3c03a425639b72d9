"""Who is told of a version, who confirms it, and the gate that a starter goes through."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.areas.duties.models import Touched
from alongside.areas.policy import shipped
from alongside.areas.policy.models import (
    FamilyNotice,
    Reading,
    Stakeholder,
)
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.tests.builders import (
    DAY,
    a_new_version,
    in_force,
    trust_people,
)
from alongside.areas.register.models import Status
from alongside.base.access.models import Gate, Inducted, Post
from alongside.base.access.roles import Permission
from alongside.base.access.scope import actor_of, enter
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, Refused
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_person, a_post, a_pupil


@pytest.fixture
def trust(world: World) -> World:
    trust_people(world)
    return world


# --- Telling ----------------------------------------------------------------------------------------------------


def test_everybody_on_the_staff_is_told_once(trust: World) -> None:
    a_post(trust.ben, "cover_senco", trust.oakfield)
    a_post(trust.femi, "teacher", trust.oakfield, until=TODAY - DAY)
    in_force(trust)
    told = {reading.who for reading in Reading.objects.all()}
    assert len(told) == Reading.objects.count() and "Ben Whitlock" in told and "Dina Lowe" in told
    assert "Femi Nobody" not in told and "Ewa Kowalska" not in told
    assert Notice.objects.filter(to=trust.ben, kind="policy").count() == 1


def test_one_confirms_for_oneself_and_after_opening(trust: World) -> None:
    in_force(trust)
    mine = Reading.objects.get(person=trust.ben)
    with pytest.raises(Refused, match="Open the policy first"):
        telling.confirm(reading=mine, by=trust.actor("ben"), on=TODAY)
    telling.opened(by=trust.actor("ben"), on=TODAY)
    mine.refresh_from_db()
    with pytest.raises(Refused, match="only for yourself"):
        telling.confirm(reading=mine, by=trust.actor("hari"), on=TODAY)
    assert telling.confirm(reading=mine, by=trust.actor("ben"), on=TODAY).confirmed_on == TODAY


def test_the_sheet_is_for_those_without_an_account(trust: World) -> None:
    in_force(trust)
    office = trust.actor("gus")
    line = telling.add_to_sheet(school=trust.oakfield.pk, name="Agatha Temp", by=office, on=TODAY)
    assert telling.sign_sheet(reading=line, by=office, on=TODAY).kept_by == trust.gus
    with pytest.raises(Refused, match="account of their own"):
        telling.sign_sheet(reading=Reading.objects.get(person=trust.ben), by=office, on=TODAY)
    with pytest.raises(NotAllowed):
        telling.add_to_sheet(school=trust.brookside.pk, name="Agatha Temp", by=office, on=TODAY)


def families(trust: World) -> tuple[FamilyNotice, FamilyNotice]:
    """The notices of a family with a page of its own, and of one without."""
    kuba, zosia = a_pupil(trust.oakfield, "Kuba"), a_pupil(trust.oakfield, "Zosia", "Zielak")
    a_parent(trust.ewa, kuba)
    writes_to = a_parent(a_person("Jan", "Zielak"), zosia)
    writes_to.person = None
    writes_to.save()
    barred = a_parent(a_person("Barred", "Zielak"), zosia)
    barred.barred = True
    barred.save()
    for pupil in (kuba, zosia):
        Status.objects.create(pupil=pupil, school=trust.oakfield, code="K", since=SEPTEMBER)
    a_pupil(trust.oakfield, "Nosen", "Calm")
    in_force(trust)
    telling.publish(version=a_new_version(trust), by=trust.actor("dina"), on=TODAY)
    first, second = FamilyNotice.objects.order_by("pupil__given_name")
    return first, second


def test_register_families_are_told_on_their_page_or_listed_for_a_letter(trust: World) -> None:
    portal, letter = families(trust)
    assert (portal.way, portal.person, portal.delivered_on) == ("portal", trust.ewa, TODAY)
    assert (letter.way, letter.person, letter.sent_on) == ("letter", None, None)
    assert Notice.objects.filter(to=trust.ewa, kind="policy").count() == 1


def test_what_did_not_arrive_is_followed_by_a_letter(trust: World) -> None:
    _, letter = families(trust)
    by = trust.actor("amara")
    with pytest.raises(Refused, match="Nothing has been sent"):
        telling.failed(notice=letter, by=by, on=TODAY)
    telling.letter_sent(notice=letter, by=by, on=TODAY)
    with pytest.raises(Refused, match="has gone to this family already"):
        telling.letter_sent(notice=letter, by=by, on=TODAY)
    telling.failed(notice=letter, by=by, on=TODAY)
    assert telling.letter_sent(notice=letter, by=by, on=TODAY).letter_on == TODAY
    with pytest.raises(NotAllowed):
        telling.letter_sent(notice=letter, by=trust.actor("ben"), on=TODAY)


def test_a_family_that_opens_it_has_read_it(trust: World) -> None:
    portal, _ = families(trust)
    telling.family_read(by=trust.actor("ewa"), on=TODAY)
    portal.refresh_from_db()
    assert portal.read_on == TODAY


def test_what_is_saved_is_worked_out_within_minutes(trust: World) -> None:
    _, letter = families(trust)
    at = {"school": trust.oakfield, "slice": "policy"}
    assert Touched.objects.filter(**at).exists() and Touched.objects.filter(school=trust.brookside).exists(), (
        "published"
    )
    for act in (
        lambda: telling.letter_sent(notice=letter, by=trust.actor("amara"), on=TODAY),
        lambda: telling.failed(notice=letter, by=trust.actor("amara"), on=TODAY),
        lambda: telling.family_read(by=trust.actor("ewa"), on=TODAY),
        lambda: telling.add_to_sheet(school=trust.oakfield.pk, name="Agatha Temp", by=trust.actor("gus"), on=TODAY),
    ):
        Touched.objects.all().delete()
        act()
        assert Touched.objects.filter(**at).exists()
    Touched.objects.all().delete()
    telling.opened(by=trust.actor("ben"), on=TODAY)
    telling.confirm(
        reading=Reading.objects.get(version__superseded_on=None, version__current_since=TODAY, person=trust.ben),
        by=trust.actor("ben"),
        on=TODAY,
    )
    assert Touched.objects.filter(slice="policy").exists(), "the trust’s own follow"


def test_partners_are_told_by_the_address_of_a_role(trust: World) -> None:
    version, by = in_force(trust), trust.actor("dina")
    partner = telling.add_stakeholder(
        name="Tansfordshire Council", kind="Local authority", address="inclusion@tansfordshire.example", by=by, on=TODAY
    )
    assert telling.told_stakeholders(version=version, chosen=[partner.pk, 987_654], by=by, on=TODAY) == 1
    assert telling.told_stakeholders(version=version, chosen=[partner.pk], by=by, on=TODAY) == 0
    telling.check_stakeholder(stakeholder=partner, ends=True, by=by, on=TODAY)
    assert Stakeholder.objects.filter(ended_on=None).count() == 0


# --- Induction: the gate ----------------------------------------------------------------------------------------


def a_starter(trust: World, name: str = "Nell", since: date = TODAY + DAY) -> None:
    trust.people[name.lower()] = a_person(name, "Newly")
    a_post(trust.people[name.lower()], "teacher", trust.oakfield, since=since)


def test_before_a_policy_is_current_nobody_waits(trust: World) -> None:
    a_starter(trust, since=TODAY)
    assert not trust.actor("nell").inducting and not Gate.objects.exists()


def test_who_was_here_before_is_not_shut_out(trust: World) -> None:
    in_force(trust)
    for name in ("amara", "ben", "hari", "dev", "dina", "sys"):
        assert not trust.actor(name, TODAY + 30 * DAY).inducting, name


def test_a_starter_reaches_nothing_until_inducted(trust: World) -> None:
    in_force(trust)
    a_starter(trust)
    on = TODAY + DAY
    by = actor_of(trust.nell, on=on)
    assert by.inducting and by.wall_schools == frozenset() and by.schools(Permission.BRIEF) == frozenset()
    assert not any(by.may(permission) for permission in Permission if permission is not Permission.POLICY_READ)
    right = [question.right for question in shipped.questions()]
    with pytest.raises(Refused, match="Open the policy first"):
        telling.induct(person=by.person_id, answers=right, by=by, on=on)
    telling.opened(by=by, on=on)
    with pytest.raises(Refused, match="two-minute summary"):
        telling.induct(person=by.person_id, answers=right, by=by, on=on)
    telling.read_summary(by=by, on=on + 2 * DAY)
    assert Reading.objects.get(person=trust.nell).told_on == on, "the days are counted from the first"
    with pytest.raises(Refused, match="only for yourself"):
        telling.induct(person=trust.ben.pk, answers=right, by=by, on=on)
    with pytest.raises(Refused, match="again"):
        telling.induct(person=by.person_id, answers=[(right[0] + 1) % 3, *right[1:]], by=by, on=on)
    telling.induct(person=by.person_id, answers=right, by=by, on=on)
    after = actor_of(trust.nell, on=on)
    assert not after.inducting and after.may(Permission.BRIEF, trust.oakfield.pk)


def test_the_wall_itself_is_shut_for_a_starter(trust: World) -> None:
    in_force(trust)
    a_starter(trust)
    account = enter(trust.nell.account.pk, on=TODAY + DAY)
    assert account is not None and account.actor.inducting  # type: ignore[attr-defined]
    from alongside.kit.sql import rows

    assert rows("select current_setting('app.schools')", {}) == [("",)]


def test_a_returner_begins_again_and_a_change_of_post_does_not(trust: World) -> None:
    in_force(trust)
    day = TODAY + 60 * DAY
    Post.objects.filter(person=trust.tess).update(until=TODAY + 10 * DAY)
    a_post(trust.tess, "teacher", trust.oakfield, since=TODAY + 11 * DAY)
    assert not actor_of(trust.tess, on=day).inducting, "without a gap"
    Post.objects.filter(person=trust.ben).update(until=TODAY + 10 * DAY)
    a_post(trust.ben, "teacher", trust.oakfield, since=TODAY + 40 * DAY)
    assert actor_of(trust.ben, on=day).inducting, "after a gap"
    Inducted.objects.create(person=trust.ben, done_on=TODAY + 41 * DAY)
    assert not actor_of(trust.ben, on=day).inducting


def test_a_parent_who_starts_keeps_their_own_childs_page(trust: World) -> None:
    kuba = a_pupil(trust.oakfield)
    a_parent(trust.ewa, kuba)
    in_force(trust)
    a_post(trust.ewa, "ta", trust.oakfield, since=TODAY + DAY)
    by = actor_of(trust.ewa, on=TODAY + DAY)
    assert by.inducting and by.child_ids == {kuba.pk} and by.may(Permission.OWN_CHILD)

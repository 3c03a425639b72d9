"""Each proof on a policy that meets it and on one that does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.policy import actions
from alongside.areas.policy.models import Clause, FamilyNotice, Reading, Reference, Review, Section, Version
from alongside.areas.policy.reviews import actions as reviews
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.telling.queries import notices_page
from alongside.areas.policy.tests.builders import DAY, a_new_version, a_review, heard, in_force, trust_people
from alongside.areas.register.models import Status
from alongside.base.access.models import Inducted, Post
from tests.evidence import states
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_person, a_post, a_pupil

WEEKS = timedelta(weeks=1)


@pytest.fixture
def trust(world: World) -> World:
    trust_people(world)
    return world


def of_trust(world: World, code: str, on: date = TODAY) -> dict[str, int]:
    return states(code, None, [world.oakfield.pk, world.brookside.pk], on)


def published(world: World) -> Version:
    in_force(world)
    return telling.publish(version=a_new_version(world), by=world.actor("dina"), on=TODAY)


def test_s00_01(trust: World) -> None:
    assert of_trust(trust, "S00-01") == {"not_evidenced": 1}, "the text as issued has no approval here"
    in_force(trust)
    assert of_trust(trust, "S00-01") == {"met": 1}


def test_s00_02_and_s19_01_by_the_years_since_the_last_review(trust: World) -> None:
    in_force(trust)
    assert of_trust(trust, "S00-02") == of_trust(trust, "S19-01") == {"overdue": 1}, "issued in 2024, never reviewed"
    telling.publish(version=a_new_version(trust), by=trust.actor("dina"), on=TODAY)
    assert of_trust(trust, "S00-02") == of_trust(trust, "S19-01") == {"met": 1}
    assert of_trust(trust, "S00-02", TODAY + 300 * DAY) == {"due": 1}
    assert of_trust(trust, "S19-01", TODAY + 290 * DAY) == {"met": 1}
    assert of_trust(trust, "S19-01", TODAY + 320 * DAY) == {"due": 1}
    assert of_trust(trust, "S19-01", TODAY + 367 * DAY) == {"overdue": 1}


def test_s00_03(trust: World) -> None:
    in_force(trust)
    assert of_trust(trust, "S00-03")["at_risk"] == 4, "four sections with numbers that disagree"
    for section in Section.objects.filter(number__gte=16):
        actions.settle_number(section=section, note="The contents page holds.", by=trust.actor("dina"), on=TODAY)
    assert "at_risk" not in of_trust(trust, "S00-03")
    clause = Clause.objects.first()
    assert clause is not None
    actions.map_clause(clause=clause, duties=[], title="Nothing", by=trust.actor("dina"), on=TODAY)
    assert of_trust(trust, "S00-03")["at_risk"] == 1


def test_s00_07(trust: World) -> None:
    version = in_force(trust)
    assert of_trust(trust, "S00-07") == {}
    words = "Notice what is hard. Try something. Write it down. Send it."
    actions.add_flowchart(
        version=version, title="Concern", text=words, workflow="concerns:queue", by=trust.actor("dina"), on=TODAY
    )
    assert of_trust(trust, "S00-07") == {"met": 1}


def test_s01_01_and_s01_12(trust: World) -> None:
    laws = Reference.objects.filter(kind="law")
    assert of_trust(trust, "S01-01") == {"overdue": laws.count()}, "nobody has checked them yet"
    before = of_trust(trust, "S01-12")
    assert set(before) == {"overdue"}
    laws.update(checked_on=TODAY)
    assert of_trust(trust, "S01-01") == {"met": laws.count()}
    after = of_trust(trust, "S01-12")
    Reference.objects.filter(kind="guidance").update(checked_on=TODAY)
    assert sum(after.values()) == sum(before.values()) == of_trust(trust, "S01-12")["met"], "every rule has its law"
    Reference.objects.filter(title="SEND Regulations 2014").update(checked_on=TODAY - 400 * DAY)
    assert of_trust(trust, "S01-12")["overdue"] > 1 and of_trust(trust, "S01-01")["overdue"] == 1


def test_s01_17(trust: World) -> None:
    replaced = [item for item in Reference.objects.filter(kind="guidance") if item.superseded]
    found = of_trust(trust, "S01-17")
    assert found["at_risk"] == len(replaced) > 2 and found["met"] > 1
    in_force(trust)
    review = a_review(trust)
    for point in review.agenda.filter(kind="reference"):
        reviews.note_point(point=point, note="The new edition is cited.", by=trust.actor("dina"), on=TODAY)
    assert "at_risk" not in of_trust(trust, "S01-17")


def test_s19_02(trust: World) -> None:
    published(trust)
    assert of_trust(trust, "S19-02") == {"met": 1}
    review = Review.objects.get()
    review.comments.filter(side="trustees").delete()
    assert of_trust(trust, "S19-02") == {"at_risk": 1}
    review.comments.all().delete()
    assert of_trust(trust, "S19-02") == {"not_evidenced": 1}


def test_s19_03(trust: World) -> None:
    in_force(trust)
    told = Reading.objects.count()
    assert of_trust(trust, "S19-03") == {"due": told}
    telling.opened(by=trust.actor("ben"), on=TODAY)
    telling.confirm(reading=Reading.objects.get(person=trust.ben), by=trust.actor("ben"), on=TODAY)
    assert of_trust(trust, "S19-03", TODAY + 9 * WEEKS) == {"met": 1, "overdue": told - 1}
    line = notices_page(trust.actor("dina"), on=TODAY).told
    Post.objects.filter(person=trust.hari).update(until=TODAY)
    assert of_trust(trust, "S19-03", TODAY + 9 * WEEKS) == {"met": 1, "overdue": told - 2}, (
        "who has left confirms nothing"
    )
    assert notices_page(trust.actor("dina"), on=TODAY + DAY).told == line - 1


def test_s19_04(trust: World) -> None:
    kuba, zosia = a_pupil(trust.oakfield, "Kuba"), a_pupil(trust.oakfield, "Zosia", "Zielak")
    a_parent(trust.ewa, kuba)
    for pupil in (kuba, zosia):
        Status.objects.create(pupil=pupil, school=trust.oakfield, code="K", since=SEPTEMBER)
    at, far = trust.oakfield.pk, TODAY + 5 * WEEKS
    assert states("S19-04", at) == {}, "nothing has changed"
    published(trust)
    assert states("S19-04", at) == {"met": 1, "due": 1}
    assert states("S19-04", at, on=far) == {"met": 1, "overdue": 1}
    letter, by = FamilyNotice.objects.get(pupil=zosia), trust.actor("amara")
    telling.letter_sent(notice=letter, by=by, on=TODAY)
    assert states("S19-04", at) == {"met": 2}
    telling.failed(notice=letter, by=by, on=TODAY)
    assert states("S19-04", at) == {"met": 1, "at_risk": 1}
    telling.letter_sent(notice=letter, by=by, on=TODAY)
    assert states("S19-04", at) == {"met": 2}
    Status.objects.create(pupil=a_pupil(trust.oakfield, "Later"), school=trust.oakfield, code="K", since=TODAY + DAY)
    assert states("S19-04", at, on=far) == {"met": 2}, "to a family that came later nothing has changed"
    Status.objects.filter(pupil=zosia).update(until=TODAY)
    Status.objects.create(pupil=zosia, school=trust.oakfield, code="E", since=TODAY + DAY)
    assert states("S19-04", at, on=far) == {"met": 2}, "who was told stays told under another status"


def test_a_school_with_few_register_families_is_not_counted_for_whoever_may_not_name_them(trust: World) -> None:
    for number in range(5):
        Status.objects.create(
            pupil=a_pupil(trust.oakfield, f"Kit{number}"), school=trust.oakfield, code="K", since=SEPTEMBER
        )
    published(trust)

    def told(who: str) -> tuple[int | None, int | None]:
        line = next(
            line for line in notices_page(trust.actor(who), on=TODAY).lines if line.school_id == trust.oakfield.pk
        )
        return line.families, line.reached

    assert told("dina") == told("hari") == (5, 0)
    telling.letter_sent(notice=FamilyNotice.objects.all()[0], by=trust.actor("amara"), on=TODAY)
    assert (told("dina"), told("hari")) == ((None, None), (5, 1))


def test_s19_05(trust: World) -> None:
    version, by, far = in_force(trust), trust.actor("dina"), TODAY + 5 * WEEKS
    for name in ("Council", "Health"):
        telling.add_stakeholder(name=name, kind="Partner", address="team@partner.example", by=by, on=TODAY)
    assert of_trust(trust, "S19-05") == {"due": 2}
    assert of_trust(trust, "S19-05", far) == {"overdue": 2}
    first = telling.add_stakeholder(name="Union", kind="Union", address="office@union.example", by=by, on=TODAY)
    telling.told_stakeholders(version=version, chosen=[first.pk], by=by, on=TODAY)
    assert of_trust(trust, "S19-05", far) == {"met": 1, "at_risk": 2}
    assert of_trust(trust, "S19-05", TODAY + 370 * DAY)["due"] == 1, "the list was not checked for a year"


def test_s19_06(trust: World) -> None:
    in_force(trust)
    at, began = trust.oakfield.pk, TODAY + DAY
    assert states("S19-06", at, on=began) == {}, "who was here before is no starter"
    trust.people["nell"] = a_person("Nell", "Newly")
    a_post(trust.nell, "teacher", trust.oakfield, since=began)
    a_post(trust.nell, "cover_senco", trust.oakfield, since=began + DAY)
    assert states("S19-06", at, on=began + WEEKS) == {"due": 1}
    assert states("S19-06", at, on=began + 5 * WEEKS) == {"overdue": 1}
    Inducted.objects.create(person=trust.nell, done_on=began)
    line = telling.add_to_sheet(school=at, name="Agatha Temp", by=trust.actor("gus"), on=TODAY)
    assert states("S19-06", at, on=began + WEEKS) == {"met": 1, "due": 1}
    telling.sign_sheet(reading=line, by=trust.actor("gus"), on=TODAY)
    assert states("S19-06", at, on=began + WEEKS) == {"met": 2}
    telling.add_to_sheet(school=at, name="Agatha Gone", by=trust.actor("gus"), on=TODAY)
    telling.publish(version=a_new_version(trust), by=trust.actor("dina"), on=TODAY)
    assert states("S19-06", at, on=began + 5 * WEEKS) == {"met": 1}, "the sheet of an earlier version is closed"


def test_s19_07(trust: World) -> None:
    version = in_force(trust)
    assert of_trust(trust, "S19-07") == {"overdue": 1}
    assert of_trust(trust, "S19-07", date(2024, 9, 15)) == {"at_risk": 1}, "named, but not after the issue"
    actions.correct_review(
        version=version, month=date(2025, 6, 1), note="As the board said", by=trust.actor("dina"), on=TODAY
    )
    assert of_trust(trust, "S19-07", date(2025, 5, 1)) == {"due": 1}
    assert of_trust(trust, "S19-07", date(2025, 1, 1)) == {"met": 1}
    review, by = a_review(trust, on=TODAY), trust.actor("dina")
    heard(review, trust.dev, by=by, on=TODAY)
    Review.objects.filter(pk=review.pk).update(completed_on=date(2025, 6, 3), completed_by=trust.dina)
    assert of_trust(trust, "S19-07") == {"met": 1}

"""Posts, terms and numbers: what is refused, and in which words."""

from datetime import date

import pytest

from alongside.fronts.desk.structure import rules
from alongside.fronts.desk.structure.rules import NewPost
from alongside.law.calendar import Term

ON = date(2026, 11, 23)
AUTUMN = Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23))


@pytest.mark.parametrize(
    ("post", "field", "says"),
    [
        (NewPost("senko", 1, ON), "role", "There is no role 'senko'"),
        (NewPost("parent", 1, ON), "role", "invited from the pupil's page"),
        (NewPost("professional", 1, ON), "role", "invited from the pupil's page"),
        (NewPost("dpo", 1, ON), "school", "held at the trust"),
        (NewPost("sysadmin", 1, ON), "school", "held at the trust"),
        (NewPost("senco", None, ON), "school", "held at a school"),
        (NewPost("senco", 1, ON, date(2026, 11, 22)), "until", "before the first"),
    ],
)
def test_a_post_that_cannot_be(post: NewPost, field: str, says: str) -> None:
    refused = rules.check_post(post)
    assert refused is not None
    assert refused.field == field
    assert says in refused.reason


@pytest.mark.parametrize("post", [NewPost("senco", 1, ON), NewPost("sysadmin", None, ON), NewPost("dpo", None, ON, ON)])
def test_a_post_that_can_be(post: NewPost) -> None:
    assert rules.check_post(post) is None


def test_the_last_keeper_stays() -> None:
    kept = rules.check_end(since=ON, until=None, last_day=ON, on=ON, last_keeper=True)
    assert kept is not None
    assert "last system administrator" in kept.reason
    assert rules.check_end(since=ON, until=None, last_day=ON, on=ON, last_keeper=False) is None


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 10, 23), date(2026, 12, 1), "overlaps with Autumn 1, 2 Sep 2026 to 23 Oct 2026"),
        (date(2026, 8, 1), date(2026, 9, 2), "overlaps"),
        (date(2026, 9, 10), date(2026, 9, 11), "overlaps"),
        (date(2026, 12, 1), date(2026, 11, 1), "end after it starts"),
    ],
)
def test_terms_share_no_day(first: date, last: date, says: str) -> None:
    refused = rules.check_term(Term("Autumn 2", first, last), [AUTUMN])
    assert refused is not None
    assert says in refused.reason


def test_terms_that_meet_are_fine() -> None:
    assert rules.check_term(Term("Autumn 2", date(2026, 10, 24), date(2026, 12, 18)), [AUTUMN]) is None


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 9, 5), "weekend"), (date(2026, 10, 28), "in the holidays"), (date(2026, 9, 2), "there already"),
    ],
)  # fmt: skip
def test_a_closure_is_a_weekday_of_term(day: date, says: str) -> None:
    refused = rules.check_closure(day, [AUTUMN], [date(2026, 9, 2)])
    assert refused is not None
    assert says in refused.reason
    assert rules.check_closure(date(2026, 9, 3), [AUTUMN], [date(2026, 9, 2)]) is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"urn": "12345"}, "six digits"), ({"la": "20"}, "three digits"), ({"establishment": "90"}, "four digits"),
        ({"name": " "}, "name"), ({"phase": "middle"}, "There are: primary, secondary"),
    ],
)  # fmt: skip
def test_a_schools_numbers(wrong: dict[str, str], says: str) -> None:
    right = {"urn": "123456", "la": "201", "establishment": "9001", "name": "Oak", "phase": "primary"}
    assert rules.check_school(**right) is None
    refused = rules.check_school(**{**right, **wrong})
    assert refused is not None
    assert says in refused.reason

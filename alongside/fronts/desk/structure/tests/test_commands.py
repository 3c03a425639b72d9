"""`school`, `invite` and `nightly`: what they do, and the one sentence with which they refuse."""

import pytest
from django.core.management import CommandError, call_command

from alongside.base.access.models import Post
from alongside.base.people.models import Account
from alongside.base.schools.models import School, Term
from tests.people import World

ADD = ("school", "add", "123456", "--name", "Elm Primary School", "--la", "201", "--estab", "9001")


def test_a_school_is_added_and_listed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(*ADD)
    call_command("school", "list")
    said = capsys.readouterr().out
    assert "Elm Primary School (123456) is here." in said
    assert "123456  201/9001  primary      Elm Primary School" in said
    assert School.objects.get(urn="123456").short_name == "Elm Primary"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("school", "add", "12", "--name", "x", "--la", "201", "--estab", "9001"), "'12' is not a URN"),
        ((*ADD, "--phase", "middle"), "'middle' is not a phase"),
        ((*ADD, "--terms-from", "999999"), "no such school"),
    ],
)
@pytest.mark.usefixtures("world")
def test_what_school_refuses(wrong: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says) as refused:
        call_command(*wrong)
    assert refused.value.returncode == 2
    assert not School.objects.filter(name="Elm Primary School").exists()


def test_a_school_is_added_once(world: World) -> None:
    call_command(*ADD)
    with pytest.raises(CommandError, match="which is here already"):
        call_command(*ADD)


def test_terms_are_copied_from_another_school(world: World) -> None:
    Term.objects.create(school=world.oakfield, name="Autumn", first="2026-09-02", last="2026-12-18")
    call_command(*ADD, "--terms-from", world.oakfield.urn)
    assert Term.objects.get(school__urn="123456").name == "Autumn"


def test_somebody_is_invited(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "ruth@oakfield.example", name="Ruth Ann Adeyemi", role="senco", school=world.oakfield.urn)
    said = capsys.readouterr().out
    assert "/accounts/password/reset/key/" in said
    account = Account.objects.get(email="ruth@oakfield.example")
    assert (account.person.given, account.person.family) == ("Ruth Ann", "Adeyemi")
    assert Post.objects.get(person=account.person).role == "senco"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "Ruth"}, "give first and family name"), ({"role": "senko"}, "There is no role 'senko'"),
        ({"school": "999999"}, "no such school"), ({"school": ""}, "held at a school"),
        ({"email": "ruth"}, "not an e-mail address"),
    ],
)  # fmt: skip
def test_what_invite_refuses(world: World, wrong: dict[str, str], says: str) -> None:
    right = {"email": "r@oakfield.example", "name": "Ruth Adeyemi", "role": "senco", "school": world.oakfield.urn}
    given = {**right, **wrong}
    with pytest.raises(CommandError, match=says) as refused:
        call_command("invite", given.pop("email"), **given)
    assert refused.value.returncode == 2


def test_the_night_comes_when_it_is_called(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("nightly")
    assert "deadlines.nightly: done in" in capsys.readouterr().out

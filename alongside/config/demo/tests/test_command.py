"""Where `alongside demo` does nothing."""

import pytest
from django.core.management import CommandError, call_command

from tests.people import World


def test_it_refuses_where_real_schools_are(world: World) -> None:
    with pytest.raises(CommandError, match="schools that are not invented") as refused:
        call_command("demo", verbosity=0)
    assert refused.value.returncode == 2


@pytest.mark.usefixtures("db")
def test_who_says_when_nobody_is_here() -> None:
    with pytest.raises(CommandError, match="Nobody is here yet"):
        call_command("demo", who=True)

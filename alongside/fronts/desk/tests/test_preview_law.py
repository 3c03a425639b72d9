"""`alongside preview-law`: our own numbers under a proposal, and nothing changed by looking."""

import pytest
from django.core.management import call_command

from alongside.areas.register.models import Status
from tests.people import SEPTEMBER, World, a_pupil


def test_each_school_sees_its_own_numbers(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    for year, code in (("4", "K"), ("6", "E"), ("5", "E"), ("2", "")):
        pupil = a_pupil(world.oakfield, given=f"Y{year}", nc_year=year)
        if code:
            Status.objects.create(pupil=pupil, school=world.oakfield, code=code, since=SEPTEMBER)
    before = list(Status.objects.order_by("pk").values())
    call_command("preview_law")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("PROPOSAL, not law")
    rows = {line.split("  ")[-1]: line.split()[:7] for line in lines[2:]}
    assert rows[world.oakfield.name] == ["4", "1", "1", "2", "3", "2", "1"]
    assert rows[world.brookside.name] == ["0"] * 7
    assert list(Status.objects.order_by("pk").values()) == before

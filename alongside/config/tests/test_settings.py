"""What the settings refuse: a copy that would be open to strangers does not start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from alongside.config.settings import directory
from alongside.kit.env import Misconfigured

LONG = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"ALONGSIDE_HOSTS": "*", "ALONGSIDE_SECRET_KEY": LONG}, "must name its hosts"),
        ({"ALONGSIDE_HOSTS": "a.example"}, "Set ALONGSIDE_SECRET_KEY"),
        ({"ALONGSIDE_HOSTS": "a.example", "ALONGSIDE_SECRET_KEY": "short"}, "32 characters"),
        ({"ALONGSIDE_HOSTS": "a.example", "ALONGSIDE_SECRET_KEY": LONG, "ALONGSIDE_DEMO": "1"}, "sign in as anybody"),
        ({"ALONGSIDE_HTTPS": "1", "ALONGSIDE_SECRET_KEY": LONG, "ALONGSIDE_DEBUG": "1"}, "error pages"),
        ({"ALONGSIDE_HOSTS": "a.example", "ALONGSIDE_SECRET_KEY": LONG}, ""),
    ],
)  # fmt: skip
def test_a_copy_that_is_open_to_strangers_does_not_start(given: dict[str, str], says: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    found = subprocess.run(
        [sys.executable, "-c", "import alongside.config.settings"], env={**plain, **given}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert (found.returncode == 0) == (not says)
    assert says in found.stderr


def test_one_tenant_is_believed_and_a_shared_one_is_not_used() -> None:
    assert directory("entra", "https://login.example/0f8c/v2.0")["verified_email"] is True
    assert directory("google", "https://accounts.google.com")["verified_email"] is False
    with pytest.raises(Misconfigured, match="own tenant"):
        directory("entra", "https://login.example/common/v2.0")

"""A plug-in for pytest, named in pyproject.toml: tests get a throw-away PostgreSQL, made in a second.

With DATABASE_URL in the environment that database is used instead, as everywhere.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from alongside.config import assets, postgres

SERVER = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Before anything reads the settings. The processes of a parallel run find it set, and share it."""
    if not (assets.BUILD / "static").is_dir():
        assets.build()
    os.environ.setdefault("ALONGSIDE_DEMO", "1")  # one-step sign-in, and the pages that only a demo has
    if not os.environ.get("DATABASE_URL"):
        data = Path(tempfile.mkdtemp(prefix="alongside-test-", dir="/tmp"))
        cluster = SERVER.enter_context(postgres.ensure(data, throwaway=True))
        postgres.roles_and_database(cluster)
        os.environ["DATABASE_URL"] = cluster.dsn(postgres.APP)
        os.environ["DATABASE_OWNER_URL"] = cluster.dsn(postgres.OWNER)
        os.environ["DATABASE_ADMIN_URL"] = cluster.dsn(postgres.SUPERUSER, "postgres")
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """The last thing: the server stops, and its folder goes."""
    SERVER.close()

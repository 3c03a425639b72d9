"""How tests meet the database: migrate once into a template, copy it to each worker, connect as the application."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a browser's driver, once used, keeps an event loop in this thread
os.environ["ALONGSIDE_TODAY"] = "2026-11-23"  # the day on which every test takes place unless it says otherwise

ROOT = Path(__file__).parent

# The same examples each time, and no clock: a busy machine is not a fault. HYPOTHESIS_PROFILE=night looks further.
hypothesis.settings.register_profile(
    "quick", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("night", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def _fingerprint() -> str:
    files = [
        *sorted(ROOT.glob("alongside/**/migrations/*.py")),
        *sorted(ROOT.glob("alongside/areas/duties/catalogue/*.toml")),
        *sorted(ROOT.glob("alongside/areas/assessment/scales/*.toml")),
        *sorted(ROOT.glob("alongside/areas/policy/text/*.toml")),
        ROOT / "alongside/areas/policy/shipped.py",
        ROOT / "alongside/base/access/walls.py",
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


TEMPLATE = f"template_{_fingerprint()}"


def admin_url() -> str:
    """The server as somebody who may make databases: ours as its superuser, another as the owner it names."""
    return os.environ.get("DATABASE_ADMIN_URL") or os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def use_database(name: str) -> None:
    """Make this process, and the threads it starts, work on another database of the same server."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long goes first: no worker should be left alone with a journey at the end."""
    items.sort(key=lambda item: {"restart", "journeys"}.isdisjoint(item.path.parts))


_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian’s Chromium, the shell without windows before the whole of it; the driver’s own cannot be had everywhere."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        pytest.fail("No Chromium. Run: apt-get install -y chromium-headless-shell")
    return {"executable_path": found, "args": list(_QUIET), "headless": True}


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: object) -> Iterator[None]:
    """Copy a migrated template to a database of this worker's own: 0.2 s instead of every migration."""
    import psycopg
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw")
    template, mine = TEMPLATE, f"test_{worker}_{os.getpid()}"
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    app_settings = dict(connection.settings_dict)
    with django_db_blocker.unblock(), psycopg.connect(admin_url(), autocommit=True) as admin:  # type: ignore[attr-defined]
        admin.execute("select pg_advisory_lock(20150129)")  # workers queue here; the first one migrates
        known = admin.execute("select 1 from pg_database where datname = %s", [template]).fetchone()
        if not known:
            admin.execute(f'drop database if exists "{template}_new" with (force)')
            admin.execute(f'create database "{template}_new" owner alongside_owner')
            as_owner = settings_for(urlsplit(owner)._replace(path=f"/{template}_new").geturl())
            connection.close()
            connection.settings_dict.update(as_owner)
            call_command("migrate", verbosity=0)
            connection.close()
            connection.settings_dict.update({k: app_settings[k] for k in as_owner})
            admin.execute(f'alter database "{template}_new" rename to "{template}"')
        admin.execute(f'drop database if exists "{mine}" with (force)')
        admin.execute(f'create database "{mine}" template "{template}"')
        use_database(mine)
    yield
    with django_db_blocker.unblock(), psycopg.connect(admin_url(), autocommit=True) as admin:  # type: ignore[attr-defined]
        connection.close()
        admin.execute(f'drop database if exists "{mine}" with (force)')
    settings.DATABASES["default"]["NAME"] = app_settings["NAME"]


def settings_for(url: str) -> dict[str, object]:
    from alongside.config.settings import database

    found = database(url, as_app=False)
    return {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


@pytest.fixture
def world(db: None) -> Iterator[object]:
    """The cast of tests/people.py, with the wall open to both schools for what the test itself reads and builds."""
    from alongside.base.access.scope import scope
    from tests.people import make_world

    made = make_world()
    with scope([made.oakfield.pk, made.brookside.pk]):
        yield made


@pytest.fixture
def as_(client: object) -> Callable[[object], object]:
    """`as_(world.amara)` is a browser in which Amara is signed in."""
    from django.test import Client

    def sign_in(person: object) -> Client:
        browser = Client()
        browser.force_login(person.account, backend="alongside.base.access.backends.Backend")  # type: ignore[attr-defined]
        return browser

    return sign_in

"""A signed-in person who asks the application itself: no network, no server, everything else as in production."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from alongside.base.access.sessions import SessionStore
from alongside.base.people.models import Account
from alongside.config.bench.wrk import Ask
from alongside.config.wsgi import application

CSRF = "b" * 32  # any 32 letters, as cookie and in the form, are a valid pair
_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")


class Answer(NamedTuple):
    status: int
    body: bytes


class Statement(NamedTuple):
    sql: str
    params: Any
    many: bool


def signed_in(account: Account) -> dict[str, str]:
    """The headers of somebody with a session of their own, second step taken."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "alongside.base.access.backends.Backend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    record_authentication(cast(Any, SimpleNamespace(session=session)), account, "mfa")
    session.save()
    return {"Cookie": f"sessionid={session.session_key}; csrftoken={CSRF}"}


def ask(asked: Ask) -> Answer:
    """The application's answer, read to its end."""
    statuses: list[str] = []

    def start(status: str, headers: Sequence[tuple[str, str]], error: object = None) -> Callable[[bytes], object]:
        statuses.append(status)
        return bytes  # an old way of writing, which nobody uses

    response = application(_environ(asked), start)
    try:
        body = b"".join(response)
    finally:
        response.close()
    return Answer(int(statuses[0].split()[0]), body)


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every statement of the block with its parameters; those that only open and close transactions excepted."""
    found: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if not sql.startswith(_TRANSACTION):
            found.append(Statement(sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


class Replay:
    """The same statements on a connection of the same kind, with nothing around them but their transaction."""

    def __init__(self) -> None:
        self._raw = connection.get_new_connection(connection.get_connection_params())
        self._raw.autocommit = True

    def __call__(self, found: Sequence[Statement]) -> None:
        with self._raw.cursor() as cursor:
            cursor.execute("begin")
            for sql, params, many in found:
                if many:
                    cursor.executemany(sql, params)
                else:
                    cursor.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()
            cursor.execute("commit")

    def close(self) -> None:
        self._raw.close()


def _environ(asked: Ask) -> dict[str, Any]:
    parts, body = urlsplit(asked.path), asked.body.encode()
    return {
        "REQUEST_METHOD": asked.method, "SCRIPT_NAME": "", "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": asked.headers.get("Content-Type", ""),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in asked.headers.items()},
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip

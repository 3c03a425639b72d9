"""Which database a command uses: the one that DATABASE_URL names, else our own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from alongside.config import postgres


@contextmanager
def database() -> Iterator[None]:
    """See to it that DATABASE_URL answers for the length of the block. Raises PostgresError.

    With DATABASE_URL set nothing is started. Without it DATABASE_URL becomes our own database as the login
    that owns nothing, and DATABASE_OWNER_URL the same one as its owner, who changes tables.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with postgres.ensure(postgres.DATA) as cluster:
        postgres.roles_and_database(cluster)
        os.environ["DATABASE_URL"] = cluster.dsn(postgres.APP)
        os.environ["DATABASE_OWNER_URL"] = cluster.dsn(postgres.OWNER)
        os.environ.setdefault("ALONGSIDE_DEMO", "1")  # a database of ours is one to play in
        yield

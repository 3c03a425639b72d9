"""The one typed reader of environment variables. docs/reference/settings.md lists what it reads."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: str
    default: str
    says: str


VARIABLES: dict[str, Variable] = {}


class Misconfigured(Exception):
    """A setting is missing or cannot be read; the message names it."""


def _read(name: str, kind: str, default: str | None, says: str) -> str | None:
    VARIABLES[name] = Variable(name, kind, default or "", says)
    return os.environ.get(name, default)


def text(name: str, default: str = "", says: str = "") -> str:
    return _read(name, "text", default, says) or ""


def flag(name: str, default: bool = False, says: str = "") -> bool:
    """1/true/yes/on or 0/false/no/off; anything else raises Misconfigured."""
    value = (_read(name, "yes or no", "1" if default else "0", says) or "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise Misconfigured(f"{name} should be yes or no, not '{value}'.")


def number(name: str, default: int, says: str = "") -> int:
    value = _read(name, "number", str(default), says) or str(default)
    try:
        return int(value)
    except ValueError:
        raise Misconfigured(f"{name} should be a whole number, not '{value}'.") from None


def words(name: str, default: Sequence[str] = (), says: str = "") -> list[str]:
    """A comma-separated list."""
    value = _read(name, "list", ",".join(default), says) or ""
    return [word.strip() for word in value.split(",") if word.strip()]


def secret(name: str, says: str = "") -> str:
    """A secret from NAME, or from the file that NAME_FILE names; empty when neither is set."""
    path = os.environ.get(f"{name}_FILE")
    VARIABLES[name] = Variable(name, "secret", "", says)
    return Path(path).read_text().strip() if path else os.environ.get(name, "")

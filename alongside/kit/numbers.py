"""Numbers out of an address, where anything may have been typed."""

_MOST = 18  # digits that a key of the database can have


def whole(typed: str) -> int | None:
    """A whole number in plain digits, not too long for a key; None for anything else, '²' and '٣' included."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST else None

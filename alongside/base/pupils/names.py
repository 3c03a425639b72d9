"""Names as keys: for sorting and for finding a pupil by any three letters."""

import unicodedata
from functools import lru_cache
from typing import Protocol


class HasNames(Protocol):
    """What `keys` reads; `Pupil` has it."""

    family_name: str
    given_name: str
    liked_name: str
    liked_family: str
    former_family: str
    upn: str


def called(liked_name: str, given_name: str, liked_family: str, family_name: str) -> str:
    """The name they go by: what they like to be called, else what the register of births says."""
    return f"{liked_name or given_name} {liked_family or family_name}"


# The same in SQL, of a pupil `p`; null where there is no pupil.
CALLED = (
    "coalesce(nullif(p.liked_name, ''), p.given_name) || ' ' || coalesce(nullif(p.liked_family, ''), p.family_name)"
)


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Lower case without accents; 'ł' and its like become plain letters; a hyphen parts two words, an apostrophe none."""
    plain = text.translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "’": "", "'": ""})


def sort_key(*, family: str, given: str) -> str:
    """Family name, then first name."""
    return f"{fold(family)}, {fold(given)}"[:200]


def search_key(*names: str) -> str:
    """Every word that finds a pupil, each once, with a space before it: ' kowalski jakub kuba k820…'."""
    words = dict.fromkeys(word for name in names for word in fold(name).split())
    return (" " + " ".join(words))[:400]


def keys(pupil: HasNames) -> tuple[str, str]:
    """Sort key and search key of a pupil."""
    return (
        sort_key(family=pupil.liked_family or pupil.family_name, given=pupil.liked_name or pupil.given_name),
        search_key(
            pupil.family_name,
            pupil.given_name,
            pupil.liked_name,
            pupil.liked_family,
            pupil.former_family,
            pupil.upn,
        ),
    )

"""Names as keys, for sorting and for finding a pupil by any three letters; and words that look like a name."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
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


# What is written with a capital and is no name: how sentences begin, and the words of the field.
_NO_NAMES = frozenset(
    """
    a all also and any are as at because been before both but by can could did do does during each every for from had
    has have how i if in is it its last many most next no not now of on only or our over please should since so some
    that the their then there these they this those to under until was we were what when where whether which while who
    whom whose why with would you your mr mrs miss ms mx dr st
    monday tuesday wednesday thursday friday saturday sunday january february march july september october november
    december term terms half year years stage nursery reception class group groups school schools primary secondary
    infant junior academy academies college trust board boards governors governing local authority authorities council
    offer code practice act policy section regulations annual review reviews plan plans education health care support
    needs pupil pupils teacher teachers headteacher assistant assistants premium report team english maths
    sen send senco sencos ehc ehcp ehcps ta tas la las dsl dpo eal nhs camhs dfe ofsted npq phonics
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def like_a_name(words: str, *, known: str = "") -> str:
    """The first two words after each other that look like a name, 'Kuba Zielak'; '' where there are none.

    It goes by capitals alone and never by who is on a roll, so that a refusal tells nobody who is. `known` holds words
    that are none, such as the school's own name.
    """
    fine = _NO_NAMES | set(fold(known).split())
    for one, other in pairwise(_WORD.finditer(words)):
        between = words[one.end() : other.start()]
        pair = (one.group(), other.group())
        if not between.strip(" \t\r\n,") and all(word[0].isupper() and fold(word) not in fine for word in pair):
            return " ".join(pair)
    return ""

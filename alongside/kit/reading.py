"""How hard a text is to read, and plainer words for the field's jargon.

Reading age is the Flesch-Kincaid grade plus five years (Kincaid and others, 1975), with syllables from
hyphenation patterns. Formulas are unsteady on short texts, so under `FEWEST_WORDS` there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyphen

FEWEST_WORDS = 30
_GRADE_TO_AGE = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Swap:
    """A word that a family may not know, where it stands, and what to say instead."""

    start: int
    end: int
    word: str
    plain: str


# Our own plain words; longer phrases first so that they win over their parts.
PLAIN_WORDS: Mapping[str, str] = {
    "reasonable adjustment": "change so that nobody is left out",
    "social, emotional and mental health": "feelings and mental health",
    "speech and language therapist": "talking helper",
    "educational psychologist": "expert in how children learn",
    "cognition and learning": "thinking and learning",
    "language intervention": "talking group",
    "phonological awareness": "hearing the sounds in words",
    "receptive language": "understanding what is said",
    "expressive language": "saying what he or she means",
    "working memory": "holding things in mind",
    "graduated approach": "more help, step by step",
    "gross motor": "big movement",
    "fine motor": "small hand movement",
    "peer interaction": "playing with other children",
    "self-regulation": "calming down",
    "differentiation": "work made to fit",
    "intervention": "extra help",
    "facilitate": "help with",
    "evaluate": "look at",
    "implement": "do",
    "utilise": "use",
    "demonstrate": "show",
    "independently": "without help",
    "articulate": "say clearly",
    "attainment": "what has been learned",
    "scaffolding": "help that fades",
    "provision": "help",
    "baseline": "start",
    "curriculum": "lessons",
    "strategies": "things that help",
    "transition": "change",
    "dysregulated": "upset",
    "sensory": "to do with sound, light and touch",
}
_JARGON = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, PLAIN_WORDS), key=len, reverse=True)) + r")\b", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Syllables of a word, at least one: the greater of hyphenation points and groups of vowels.

    Hyphenation alone misses breaks near the ends of words; vowel groups alone miss breaks inside them.
    """
    bare = word.casefold().replace("’", "'")
    groups = len(
        re.findall(r"[aeiouy]+", bare.removesuffix("e") if len(bare) > 3 and not bare.endswith("le") else bare)
    )
    return max(1, groups, len(_hyphens().inserted(bare).split("-")))


def reading_age(text: str) -> int | None:
    """The age in whole years at which a text can be read; None when it is too short to score."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len([part for part in _SENTENCE_END.split(text) if part and _WORD.search(part)]))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(5, round(grade) + _GRADE_TO_AGE)


def swaps(text: str) -> Iterator[Swap]:
    """The jargon in a text, in order, each with plain words."""
    for match in _JARGON.finditer(text):
        yield Swap(match.start(), match.end(), match.group(), PLAIN_WORDS[match.group().casefold()])


# Plain words that nobody counts, so that no 'a' stands before them: 'an intervention' is 'extra help'.
_UNCOUNTED = frozenset(
    {
        "extra help", "help", "help that fades", "lessons", "things that help", "work made to fit", "calming down",
        "what has been learned", "more help, step by step", "playing with other children", "thinking and learning",
        "hearing the sounds in words", "understanding what is said", "saying what he or she means",
        "holding things in mind", "feelings and mental health",
    }
)  # fmt: skip
_COUNTED_AFTER_ALL = r"(?=\s+(?:group|session|programme|lesson|plan|teacher)\b)"  # 'an extra help group'


def swap(text: str, word: str, plain: str) -> str:
    """A text with a word changed to plain ones wherever it stands, keeping a capital at its start.

    An article before it follows: 'an intervention' becomes 'extra help', 'an educational psychologist' keeps
    its 'an', 'a speech and language therapist' its 'a'.
    """

    def change(match: re.Match[str]) -> str:
        article, space, jargon, counted = match.groups()
        plainer = plain
        if article and (plain not in _UNCOUNTED or counted is not None):
            plainer = f"{'an' if plain[0] in 'aeiou' else 'a'}{space}{plain}"
        return plainer[0].upper() + plainer[1:] if (article or jargon)[0].isupper() else plainer

    found = rf"\b(?:(an?)(\s+))?({re.escape(word)})\b({_COUNTED_AFTER_ALL})?"
    return re.sub(found, change, text, flags=re.IGNORECASE)

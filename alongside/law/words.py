"""Plain words for a parent: what stands in place of an official word, and what a word means that has to stay."""

import re
from collections.abc import Iterator, Mapping

_PLAIN: Mapping[str, str] = {
    "local authority": "council",
    "integrated care board": "NHS board",
    "post-16 institution": "college",
    "modified papers": "large-print and other special papers",
}
MEANINGS: Mapping[str, str] = {
    "working day": "A working day is a day from Monday to Friday that is not a bank holiday.",
    "school day": "A school day is a day when pupils come to school.",
    "school week": "A school week is five days when pupils come to school.",
    "SENCO": "The SENCO is the teacher who leads on extra help in a school.",
    "DSL": "The DSL is the person in a school who leads on keeping children safe.",
    "mediation": "Mediation is a talk in which a person who takes no side helps people to agree.",
    "tribunal": "The tribunal is a court that can change what the council decided.",
    "draft plan": "A draft plan is a plan that can still change.",
    "amendment notice": "An amendment notice is a letter with the changes to the plan that the council has in mind.",
    "amended": "To amend a plan is to change it.",
    "phase": "A change of phase is a move such as the one from infant to junior school.",
    "census": "The census is a count of all pupils that schools send to the government.",
    "special provision": "Special provision is help that other pupils do not need.",
    "NASENCO": "NASENCO is a course for teachers who lead on extra help.",
    "accessibility": "An accessibility plan says how a school will become easier for disabled people to use.",
    "admission authority": "The admission authority is the body that decides who gets a place.",
    "permanent exclusion": "A permanent exclusion means that a child may not come back to a school.",
    "triaged": "To triage is to look at something first and say what comes next.",
    "screening": "Screening is a first look at what may be hard for a child.",
    "maintained school": "A maintained school is a school that a council runs.",
    "seclusion": "Seclusion is keeping a child apart, in a place that they may not leave.",
    "restraint": "Restraint is holding a child so that they cannot move as they want.",
    "capacity": "Capacity is being able to make a choice for oneself.",
    "Ombudsman": "The Ombudsman is a person who looks into complaints about councils.",
}


def plain(text: str) -> str:
    """A text with plainer words for official ones."""
    for official, word in _PLAIN.items():
        text = text.replace(official, word)
    return text


def meanings(text: str) -> Iterator[str]:
    """What the words of a text mean that a family may not know, each once."""
    for word, meaning in MEANINGS.items():
        if re.search(rf"\b{word}s?\b", text, re.IGNORECASE if word.islower() else 0):
            yield meaning

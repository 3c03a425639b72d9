"""Words that others than the school's own staff read: they name no pupil."""

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.names import like_a_name
from alongside.base.pupils.queries import names_somebody
from alongside.law.refusal import Refusal


def no_name(
    words: str, *, school: int | None, by: Actor, readers: str, known: str = "", field: str = "words"
) -> Refusal | None:
    """Refuse words that name a pupil. Only both names together are a name: one alone is a colour or a month.

    Whoever may look a pupil up is told by the school's roll. To anybody else that would tell who is on it: for them
    whatever looks like a name is refused, on the roll or not, other than the words that are `known` to be none. `readers`
    says who reads it: 'governors and trustees read this'.
    """
    if school is not None and school in by.schools(Permission.FIND_PUPILS):
        named = names_somebody(words, school=school)
        return Refusal(f"Leave out the pupil’s name: {readers}.", field) if named else None
    found = like_a_name(words, known=known)
    if not found:
        return None
    return Refusal(
        f"‘{found}’ looks like a name. Leave names out: {readers}. If it is no name, write it in small letters.", field
    )

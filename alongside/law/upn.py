"""The unique pupil number: thirteen characters that a pupil keeps for the whole of school.

Check letter, LA (3 digits), establishment (4), year of allocation (2), serial (3). A temporary UPN ends
in a letter. The check letter is the sum of each character's value times its place (2 to 13), modulo 23,
looked up in an alphabet without I, O and S.
"""

import re

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
NO_UPN_CODES = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5"})
_FORM = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")


def check_letter(upn: str) -> str:
    """The check letter that belongs to the other twelve characters of a UPN.

    Raises ValueError when they are not eleven digits and a digit or letter of the alphabet.
    """
    body = upn[1:]
    if len(body) != 12 or not body[:11].isdigit():
        raise ValueError("a UPN has eleven digits and a digit or letter after its check letter")
    values = [int(digit) for digit in body[:11]]
    values.append(int(body[11]) if body[11].isdigit() else ALPHABET.index(body[11]))
    return ALPHABET[sum(value * place for place, value in enumerate(values, start=2)) % 23]


def is_temporary(upn: str) -> bool:
    """True for a UPN that the school gave until the real one is known."""
    return len(upn) == 13 and upn[-1].isalpha()


def fault(upn: str) -> str | None:
    """Why a UPN cannot be right, as a sentence; None when its form and check letter are right."""
    if not _FORM.fullmatch(upn):
        return f"'{upn}' is not a UPN: a letter, eleven digits, then a digit or letter."
    if upn[0] not in ALPHABET or (is_temporary(upn) and upn[-1] not in ALPHABET):
        return f"'{upn}' is not a UPN: the letters I, O and S are never used."
    right = check_letter(upn)
    if upn[0] != right:
        return f"The check letter of UPN {upn} is wrong: these digits need {right}. Was a digit mistyped?"
    return None


def make(la: str, establishment: str, year: int, serial: int) -> str:
    """A permanent UPN with its check letter, from LA (3 digits), establishment (4), year and serial."""
    body = f"{la:0>3}{establishment:0>4}{year % 100:02d}{serial:03d}"
    return check_letter("A" + body) + body

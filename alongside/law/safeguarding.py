"""Words that belong to the designated safeguarding lead before anybody else may read them.

Broad on purpose: a note too many reaches the lead rather than one too few (Keeping children safe in education, part 1).
"""

import re

_WORDS = re.compile(
    r"\b(abuse\w*|assault\w*|bruis\w+|burn mark\w*|cigarette burn\w*|hit (?:him|her|them|me)|hits (?:him|her|them|me)|"
    r"hurt(?:s|ing)? (?:him|her|them|my)sel\w+|self[- ]harm\w*|suicid\w+|kill (?:him|her|my)self|neglect\w*|"
    r"not safe|unsafe|scared to go home|afraid to go home|don['’]?t want to go home|touched (?:him|her|me|them)|"
    r"sexual\w*|inappropriate touch\w*|domestic violence|being hit|county lines|groom(?:ed|ing)|fgm|forced marriage|"
    r"radicali[sz]\w+|run(?:ning)? away|hungry every day|no food at home)\b",
    re.IGNORECASE,
)


def is_safeguarding(text: str) -> bool:
    """True when a text holds words that belong to the designated safeguarding lead."""
    return bool(_WORDS.search(text))

"""The words that systems use, and the codes they stand for.

SIMS, Bromcom, Arbor and Wonde write 'SEN Support', 'K - SEN support' or 'K' for the same thing. A word
that is not here is held and named, never guessed; a school can add its own meaning to a saved mapping.
"""

import re
from collections.abc import Iterable, Mapping

from alongside.law import codes

Vocabulary = Mapping[str, str]

_NOT_LETTERS = re.compile(r"[^a-z0-9%]+")


def plain(word: str) -> str:
    """A word as it is compared: small letters and digits, everything else one space."""
    return _NOT_LETTERS.sub(" ", word.casefold().replace("&", " and ")).strip()


def _vocabulary(table: Mapping[str, Iterable[str]]) -> Vocabulary:
    return {plain(word): code for code, words in table.items() for word in (code, *words)}


SEN_PROVISION = _vocabulary(
    {
        "N": (
            "No SEN", "None", "No special educational need", "No special educational needs", "No SEND",
            "No special educational provision", "Not SEN", "No SEN provision",
            "N - No Special Educational Need", "No identified SEN",
        ),
        "K": (
            "SEN support", "SEND support", "SEN K", "Special educational needs support", "K - SEN support",
            "School support", "SEN (K)", "SENK", "SEN support (K)",
        ),
        "E": (
            "EHC plan", "EHCP", "EHC", "Education, health and care plan", "Education health care plan",
            "Education, Health & Care Plan", "EHC plan (E)", "E - EHC plan", "SEN E", "SENE",
            "E - Education, Health and Care Plan", "Education, health and care (EHC) plan",
        ),
        "S": ("Statement", "Statemented", "Statement of SEN", "S - Statement",
              "Statement of special educational needs"),
        "A": ("School Action", "Early Years Action", "School/Early Years Action", "A - School Action",
              "School Action or Early Years Action"),
        "P": ("School Action Plus", "Early Years Action Plus", "School Action +", "P - School Action Plus",
              "School/Early Years Action Plus", "School Action Plus or Early Years Action Plus"),
    }
)  # fmt: skip

NEED_TYPE = _vocabulary(
    {
        "SPLD": ("Specific learning difficulty", "Specific learning difficulties"),
        "MLD": ("Moderate learning difficulty", "Moderate learning difficulties"),
        "SLD": ("Severe learning difficulty", "Severe learning difficulties"),
        "PMLD": ("Profound and multiple learning difficulty", "Profound and multiple learning difficulties",
                 "Profound & multiple learning difficulty"),
        "SLCN": ("Speech, language and communication needs", "Speech, language and communication",
                 "Speech, language & communication needs", "Speech, language and communication need",
                 "Speech, language or communication need"),
        "ASD": ("Autistic spectrum disorder", "Autism spectrum disorder", "Autism", "ASC",
                "Autistic spectrum condition", "Autism spectrum condition"),
        "SEMH": ("Social, emotional and mental health", "Social, emotional & mental health",
                 "Social, emotional and mental health needs", "Social, emotional and mental health difficulties"),
        "HI": ("Hearing impairment", "Hearing impaired"),
        "VI": ("Vision impairment", "Visual impairment", "Visually impaired"),
        "MSI": ("Multi-sensory impairment", "Multisensory impairment"),
        "PD": ("Physical disability", "Physical disabilities"),
        "DS": ("Down syndrome", "Down's syndrome", "Downs syndrome"),
        "OTH": ("Other difficulty/disability", "Other difficulty or disability", "Other difficulty / disability",
                "Other difficulties"),
        "NSA": ("SEN support but no specialist assessment of type of need", "No specialist assessment",
                "No specialist assessment of type of need"),
        "BESD": ("Behaviour, emotional and social difficulty", "Behaviour, emotional and social difficulties",
                 "Behavioural, emotional and social difficulties"),
    }
)  # fmt: skip

SEX = _vocabulary({"F": ("Female", "Girl"), "M": ("Male", "Boy")})

YES_NO = _vocabulary({"Y": ("Yes", "T", "True", "1"), "N": ("No", "F", "False", "0")})

SERVICE = _vocabulary(
    {
        "Y": ("Yes", "T", "True", "1", "Service child"),
        "N": ("No", "F", "False", "0"),
        "R": ("Refused",),
        "U": ("Unknown", "Not known"),
    }
)

ENROL_STATUS = _vocabulary(
    {
        "C": ("Current", "Single registration", "Current - single registration", "Current, single registration"),
        "M": ("Current main", "Main", "Main - dual registration", "Current main (dual registration)"),
        "S": ("Current subsidiary", "Subsidiary", "Subsidiary - dual registration",
              "Current subsidiary (dual registration)"),
        "F": ("FE college",),
        "O": ("Other provider",),
        "G": ("Guest",),
    }
)  # fmt: skip

ETHNICITY = {plain(word): entry.code for entry in codes.ETHNICITIES for word in (entry.code, entry.words)} | {
    plain(word): code
    for word, code in (
        ("White - British", "WBRI"), ("White - Irish", "WIRI"), ("Gypsy/Roma", "WROM"),
        ("Any other White background", "WOTH"), ("Black Caribbean", "BCRB"), ("Black African", "BAFR"),
        ("Black - African", "BAFR"), ("Information not yet obtained", "NOBT"), ("Not obtained", "NOBT"),
        ("Chinese", "CHNE"), ("Gypsy / Roma", "WROM"),
    )
}  # fmt: skip

LANGUAGE = {plain(word): entry.code for entry in codes.LANGUAGES for word in (entry.code, entry.words)} | {
    plain("Albanian/Shqip"): "ALB", plain("Persian/Farsi"): "PRS",
}  # fmt: skip

RELATIONSHIP = {plain(word): entry.code for entry in codes.RELATIONSHIPS for word in (entry.code, entry.words)} | {
    plain(word): code
    for word, code in (
        ("Mum", "PAM"), ("Dad", "PAF"), ("Stepmother", "STM"), ("Stepfather", "STF"), ("Foster carer", "CAR"),
        ("Headteacher", "HTC"), ("Grandmother", "FAM"), ("Grandfather", "FAM"), ("Aunt", "FAM"),
        ("Uncle", "FAM"), ("Brother", "FAM"), ("Sister", "FAM"), ("Other relative", "REL"),
        ("Religious/spiritual contact", "RLG"), ("Other contact", "OTH"),
    )
}  # fmt: skip

_YEAR = re.compile(r"(?:national curriculum |nc )?(?:year|yr|y)? ?0*(1[0-4]|[1-9])")
_NURSERY = {
    "r": "R", "reception": "R", "year r": "R", "yr": "R", "reception year": "R",
    "kg": "R", "n1": "N1", "n2": "N2", "nursery 1": "N1", "nursery 2": "N2", "nursery first year": "N1",
    "nursery second year": "N2", "e1": "E1", "e2": "E2", "x": "X", "no year group": "X",
    "curriculum year not followed": "X",
}  # fmt: skip


def nc_year(word: str) -> str | None:
    """'Year  4', 'Y4', '04', 'Reception', 'KG' → the census code; None when it is none of them."""
    bare = plain(word)
    if bare in _NURSERY:
        return _NURSERY[bare]
    found = _YEAR.fullmatch(bare)
    return found[1] if found else None


FIELDS: Mapping[str, str] = {
    "upn": "UPN", "former_upn": "former UPN", "mis_id": "MIS number", "uln": "unique learner number",
    "surname": "surname", "forename": "forename", "full_name": "name as 'Surname, Forename'",
    "middle_names": "middle names", "preferred_surname": "preferred surname",
    "preferred_forename": "preferred forename", "born_on": "date of birth", "sex": "sex",
    "nc_year": "year group", "group": "registration class", "ethnicity": "ethnicity",
    "ethnicity_source": "source of the ethnicity", "language": "first language", "languages": "languages",
    "eal": "English as an additional language", "medical": "medical flag", "disabilities": "disabilities",
    "enrol_status": "enrolment status", "entered_on": "date of entry", "left_on": "date of leaving",
    "fsm": "free school meals now", "fsm_ever_6": "free school meals in the last six years",
    "fsm_start": "start of free school meals", "fsm_end": "end of free school meals",
    "fsm_periods": "free school meals", "pupil_premium": "pupil premium", "in_care": "looked after now",
    "care_authority": "caring authority", "ever_in_care": "ever looked after", "service_child": "service child",
    "sen_provision": "SEN status", "sen": "SEN status", "sen_start": "SEN start date", "sen_end": "SEN end date",
    "sen_unit": "in a SEN unit", "sen_resourced": "in resourced provision", "need_type": "type of need",
    "needs": "needs", "need_rank": "rank of the need", "need_start": "start of the need",
    "need_end": "end of the need", "primary_need": "primary need", "secondary_need": "secondary need",
    "attendance_percent": "attendance", "email": "e-mail", "phone": "telephone", "address": "address",
    "postcode": "postcode", "contacts": "contacts", "results": "results", "schools": "earlier schools",
    "attendance": "attendance", "file": "file", "row": "row",
}  # fmt: skip


def field_words(field: str) -> str:
    """What a person calls a field: 'born_on' → 'date of birth'."""
    return FIELDS.get(field, field.replace("_", " "))

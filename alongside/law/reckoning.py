"""Small questions that the law answers by a sum: who is a young person, how many meetings, whether it is too soon."""

from datetime import date

from alongside.law.calendar import academic_year, add_months, age_on, end_of_compulsory_school_age

_OLDEST = 25


def is_young_person(born: date, on: date) -> bool:
    """Over compulsory school age and under 25: plan and appeal rights are their own (CFA 2014 ss80, 83)."""
    return on > end_of_compulsory_school_age(born) and age_on(born, on) < _OLDEST


def assessed_lately(assessed_on: date, on: date) -> bool:
    """Whether an assessment within the last 6 months frees the authority from another one (CFA 2014 ss36(8), 44(2))."""
    return on < add_months(assessed_on, 6)


def meetings_expected(first: date, last: date) -> int:
    """Meetings with parents in the part of a school year with SEN support: below 4 months 1, up to 8 two, else 3.

    The Code is silent on joiners and leavers (6.65); this is good practice. Days outside the school year of `last` do
    not count.
    """
    first = max(first, academic_year(last).first)
    if last < first:
        return 0
    if last < add_months(first, 4):
        return 1
    return 2 if last <= add_months(first, 8) else 3

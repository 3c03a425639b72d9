"""Every rule entered a second time: where the two do not agree, the instrument is read.

A rule is data, and data has no test but another entry of it. Code, first day in force, length with its counting
(`ex`clusive or `in`clusive), weight, how sure, band, owner, and the marks: `past` for an event that cannot lie ahead,
`safer` and `clear` for a safe day before the last, `spare` for an aim of a working day before, `rolls`, the grounds that
excuse, what is needed (! where it cannot do without), a promise in brackets.
"""

from datetime import date

import pytest

from alongside.law.book import PROPOSAL, TODAY
from alongside.law.rule import Counting, Limit, Roll, Rule

ENTRIES = """
EHC-01        2014-09-01 0:no-count         statute       read  legal  senco past
EHC-02        2014-09-01 6:weeks:ex         statute       read  legal  senco past
EHC-03        2014-09-01 0:no-count         statute       told  legal  senco past
EHC-04        2014-09-01 6:weeks:ex         statute       read  legal  senco past E1 E2 E3 E4
EHC-05        2014-09-01 0:no-count         statute       told  legal  senco past
EHC-06        2014-09-01 6:weeks:ex         statute       read  legal  senco past spare E3 E4 A1 --sent [6:weeks:ex:trust]
EHC-07        2014-09-01 16:weeks:ex        statute       read  legal  senco past E1 E2 E3 E4
EHC-08        2014-09-01 15:days:in         statute       read  family senco past
EHC-09        2014-09-01 15:days:ex         code          told  legal  senco past safer
EHC-10        2014-09-01 15:days:ex         statute       told  legal  senco past safer
EHC-11        2014-09-01 20:weeks:ex        statute       read  legal  senco past E1 E2 E3 E4
EHC-12        2014-09-01 0:no-count         code          check legal  senco past
EHC-13        2014-09-01 15:days:ex         statute       told  legal  senco past safer
EHC-13b       2014-09-01 14:weeks:ex        statute       read  legal  senco past E1 E2 E3 E4
EHC-14        2014-09-01 15:working-days:in statute       read  legal  senco past
EHC-14b       2014-09-01 6:weeks:ex         statute       read  legal  senco past
EHC-14c       2014-09-01 3:months:in        statute       check legal  senco past --reviewed!
AR-01         2014-09-01 12:months:in       statute       told  legal  senco past
AR-02         2014-09-01 6:months:ex        code          told  legal  senco past
AR-03         2014-09-01 -2:weeks:ex        code          told  legal  senco
AR-04         2014-09-01 0:no-count         statute       read  legal  senco past
AR-05         2014-09-01 -2:weeks:ex        statute       read  legal  senco clear
AR-06         2014-09-01 -2:weeks:ex        statute       read  legal  senco clear
AR-06b        2014-09-01 -6:weeks:ex        practice      check rest   senco
AR-07         2014-09-01 0:set-date         statute       told  legal  senco
AR-08         2014-09-01 2:weeks:ex         statute       told  legal  senco
AR-09         2014-09-01 4:weeks:ex         statute       told  legal  senco
AR-10         2014-09-01 4:weeks:ex         statute       read  legal  senco
AR-11         2014-09-01 15:days:in         statute       read  family senco past
AR-12         2014-09-01 8:weeks:ex         statute       read  legal  senco past --meeting
AR-13         2014-09-01 8:weeks:ex         statute       check legal  senco past
AR-14         2014-09-01 0:set-date         statute       read  legal  senco --transfer-year! --phase!
AR-15         2014-09-01 -5:months:ex       statute       read  legal  senco
AR-16         2014-09-01 0:no-count         statute       read  legal  senco past
AR-17         2014-09-01 0:no-count         statute       read  legal  senco past
AR-18         2014-09-01 4:weeks:ex         statute       read  legal  senco
AR-19         2014-09-01 0:no-count         statute       told  legal  senco past
AR-20         2014-09-01 2:months:ex        statute       read  legal  senco past rolls-for-the-tribunal --certificate
AR-21         2014-09-01 12:months:in       statute       told  legal  senco past
APP-01        2014-09-01 0:no-count         statute       read  legal  senco past
APP-02        2008-11-03 2:months:ex        statute       read  family senco past rolls-for-the-tribunal --certificate
APP-03        2014-09-01 2:months:ex        statute       read  family senco past
APP-03b       2014-09-01 3:working-days:ex  statute       told  family senco past
APP-04        2014-09-01 30:days:ex         statute       told  legal  senco past
APP-04b       2014-09-01 3:working-days:ex  statute       told  family senco past
APP-05        2014-09-01 0:weeks:ex         statute       read  legal  senco past --order!
APP-05b       2014-09-01 1:weeks:ex         statute       read  legal  senco past
APP-06        2008-11-03 30:working-days:ex statute       told  legal  senco past
APP-07        2014-09-01 0:weeks:ex         statute       read  legal  senco past E1 E2 E3 T1 --order!
APP-08        2015-04-01 0:weeks:ex         statute       read  legal  senco past E1 E2 E3 T1 --order!
APP-09        2018-04-03 5:weeks:ex         statute       check legal  senco past
APP-10        2014-09-01 0:no-count         statute       check legal  senco past
APP-11        2010-10-01 6:months:in        statute       read  family senco past
APP-11a       2010-10-01..2020-07-20 30:working-days:ex statute       check legal  senco past
APP-11a       2020-07-21 30:working-days:ex statute       check legal  senco past
APP-12        2014-09-01 0:no-count         statute       check legal  senco past
APP-13        2015-01-05 0:no-count         statute       told  legal  senco past
APP-14        1989-04-01 12:months:ex       statute       check family senco past
APP-15        2014-09-01 3:working-days:ex  statute       told  legal  senco past
APP-15b       2014-09-01 30:days:ex         statute       told  legal  senco past
EHP-01        1998-01-01 0:no-count         statute       read  legal  senco past
EHP-02        2014-09-01 0:no-count         statute       read  legal  senco past
EHP-03        2014-09-01 0:no-count         statute       told  legal  senco past
EHP-04        2014-09-01 0:no-count         code          check legal  senco past
EHP-05        2024-08-19 0:no-count         statute       told  legal  senco past
EHP-06        2014-09-01 0:set-date         statute       check legal  senco --born!
EHP-07        2024-08-19 15:school-days:in  statute       told  legal  senco past
ID-01         2015-01-29 0:no-count         code          check legal  senco past
ID-02         2014-09-01 0:no-count         statute       read  legal  senco past
ID-03         2015-01-29 6:school-weeks:ex  practice      check rest   senco past
ID-04         2015-01-29 0:no-count         code          told  legal  senco past
ID-05         2015-01-29 0:no-count         code          told  legal  senco past
ID-06         2015-01-29 0:no-count         code          check legal  senco past
ID-07         2015-01-29 0:no-count         code          check legal  senco past
ID-08         2014-09-01 0:no-count         statute       read  legal  senco past
ID-09         2015-01-29 0:no-count         code          check legal  senco past
GA-01         2015-01-29 0:no-count         code          told  legal  senco past
GA-02         2015-01-29 0:no-count         code          told  legal  senco past
GA-03         2015-01-29 0:no-count         code          told  family senco past [5:school-days:ex:practice]
GA-04         2014-09-01 0:no-count         statute       read  legal  senco past [5:school-days:ex:trust]
GA-05         2015-01-29 0:no-count         code          check rest   senco past [15:school-days:ex:trust]
GA-06         2015-01-29 0:set-date         code          check family senco
GA-07         2015-01-29 0:no-count         code          check legal  senco past
GA-08         2015-01-29 0:no-count         code          check family senco past [16:weeks:ex:trust]
GA-09         2015-01-29 0:no-count         code          told  legal  senco past
GA-10         2014-09-01 12:months:in       statute       check legal  senco past
GA-11         2015-01-29 0:no-count         code          check legal  senco past
GA-12         2015-01-29 0:no-count         code          check legal  senco past
GA-13         2015-01-29 0:no-count         code          told  legal  senco past
PAR-01        2015-01-05 0:set-date         statute       told  family senco past
PAR-02        2015-01-29 3:set-date         code          told  family senco
PAR-03        2015-01-29 0:no-count         code          check legal  senco past
PAR-04        2015-01-29 0:no-count         code          check legal  senco past
PAR-05        2015-01-29 0:no-count         code          told  family senco past [10:school-days:ex:practice]
PAR-06        2015-01-29 0:no-count         practice      check rest   senco past
REC-01        2015-01-29 0:no-count         code          told  legal  senco past
REC-02        2015-01-29 0:no-count         code          told  legal  senco past
REC-03        2015-01-29 0:no-count         code          told  legal  senco past
REC-04        2015-01-29 0:no-count         practice      told  legal  senco past
REC-05        2015-01-29 0:no-count         code          check legal  senco past
PUB-01        2014-09-01 12:months:in       statute       read  legal  senco past
CEN-01        2014-09-01 0:set-date         statute       told  legal  senco
FUN-01        2015-01-29 0:no-count         code          told  legal  senco past
SEN-01        2014-09-01 0:no-count         statute       read  legal  senco past
SEN-02        2014-09-01 3:years:ex         statute       read  legal  senco past safer
SEN-03        2024-09-01 0:set-date         statute       read  legal  senco on:2027-08-31
SEN-04        2014-09-01 0:no-count         statute       told  rest   senco past [12:months:in:practice]
SEN-05        2015-01-29 0:no-count         code          told  legal  senco past
SEN-06        2015-01-29 0:no-count         code          told  legal  senco past
SEN-07        2014-09-01 0:no-count         statute       read  legal  senco past
EQ-01         2010-10-01 0:no-count         statute       check legal  senco past
EQ-02         2010-10-01 0:no-count         statute       check rest   senco past
EQ-03         2010-10-01 0:no-count         statute       read  legal  senco past [10:school-days:ex:practice]
EQ-04         2010-10-01 0:no-count         statute       check legal  senco past
EQ-05         2010-10-01 3:years:in         statute       told  legal  senco past
EQ-06         2017-03-31 12:months:in       statute       told  legal  senco past
EQ-06b        2017-03-31 4:years:in         statute       told  legal  senco past
EQ-07         2014-09-01 12:months:in       code          told  legal  senco past
EQ-08         2026-09-01 12:months:in       statute       read  legal  senco past
JCQ-01        2025-09-01 26:months:ex       practice      told  rest   senco past
JCQ-02        2025-09-01 0:no-count         practice      read  rest   senco past
JCQ-03        2025-09-01 0:set-date         practice      check rest   senco past --series!
JCQ-04        2025-09-01 0:set-date         practice      check rest   senco past --series!
DP-01         2018-05-25 1:months:ex        statute       told  family dpo   past rolls --identified
DP-02         2026-02-05 1:months:ex        statute       told  family dpo   past rolls --asked! --answered! --identified
DP-03         2018-05-25 0:no-count         statute       check legal  senco past
DP-04         2018-05-25 72:hours:ex        statute       check legal  dpo   past --at
DP-05         2005-09-01 15:school-days:ex  statute       told  family senco past
DP-06         2005-09-01 15:school-days:ex  statute       told  legal  senco
DP-07         2022-09-01 5:days:ex          code          told  legal  dsl
DP-08         2018-05-25 31:set-date        practice      told  rest   dpo   --born!
DP-09         2008-09-01 15:school-days:ex  statute       read  legal  senco past
DP-10         2026-06-19 30:days:ex         statute       read  family dpo   past
DIS-01        2014-09-01 0:no-count         statute       check legal  senco past
ADM-01        2021-09-01 0:no-count         statute       told  legal  senco past
ADM-02        2021-09-01 0:no-count         statute       check legal  senco past
ADM-03        2021-09-01 0:no-count         statute       check legal  senco past
ADM-04        2021-09-01 0:no-count         statute       check legal  senco past
ADM-05        2021-09-01 0:no-count         statute       check legal  senco past
ADM-06        2021-09-01 0:no-count         statute       check legal  senco past
ADM-07        2015-01-29 0:no-count         code          check legal  senco past
ADM-08        2021-09-01 0:no-count         statute       told  legal  senco past
ADM-09        2021-09-01 0:no-count         statute       told  legal  senco past
ADM-10        2021-09-01 0:no-count         statute       check legal  senco past
ADM-11        2021-09-01 15:school-days:ex  statute       told  family senco past [10:school-days:ex:practice]
ADM-12        2021-09-01 0:no-count         statute       check legal  senco past
ADM-13        2021-09-01 2:years:ex         statute       told  legal  senco past
SAF-01        2021-09-01 0:no-count         code          check legal  senco past
SAF-02        2021-09-01 0:no-count         code          told  legal  dsl   past [0:days:ex:practice]
SAF-03        2021-09-01 0:no-count         code          check legal  senco past
SAF-04        2021-09-01 0:no-count         code          check legal  senco past
SAF-05        2021-09-01 0:no-count         code          check legal  senco past
SAF-06        2023-12-15 0:no-count         code          check legal  senco past
FOR-01        2026-04-01 0:no-count         statute       read  legal  head  past [0:days:ex:practice]
FOR-02        2026-04-01 0:no-count         statute       read  legal  head  past [0:days:ex:practice]
FOR-03        2026-04-01 0:no-count         statute       told  legal  head  past [0:days:ex:practice]
FOR-04        2026-04-01 0:no-count         practice      told  legal  senco past
FOR-05        2026-04-01 1:set-date         practice      told  rest   senco
TRA-01        2015-01-29 0:no-count         code          check legal  senco past
TRA-02        2013-09-01..2022-08-31 0:no-count         statute       read  legal  senco past
TRA-02        2022-09-01 0:no-count         statute       read  legal  senco past
TRA-03        2023-01-01 0:no-count         statute       check legal  senco past
TRA-04        2014-09-01 0:no-count         statute       check legal  senco past
TRA-05        2014-09-01 0:no-count         statute       told  legal  senco past
TRA-06        1998-09-01 0:set-date         statute       told  family senco --born!
TRA-07        1998-09-01 0:set-date         statute       check family senco --born!
TRA-08        2014-09-01 0:set-date         statute       check family senco --born!
TRA-09        2007-10-01 0:set-date         statute       check legal  senco --born!
TRA-10        2015-09-01 0:set-date         statute       check legal  senco --born!
LOC-01        2014-09-01 12:months:in       statute       read  legal  senco past
LOC-02        2014-09-01 0:no-count         statute       read  legal  senco past
LOC-03        2014-09-01 0:no-count         statute       read  legal  senco past
LOC-04        2022-07-01 0:no-count         statute       read  legal  senco past
LOC-05        2014-09-01 3:months:ex        statute       told  legal  senco past
LOC-06        2014-09-01 0:no-count         statute       check legal  senco past
LOC-07        2014-09-01 0:no-count         statute       told  legal  senco past
LOC-08        2014-09-01 0:no-count         statute       read  legal  senco past
S04-TRIAGE    2025-09-01 10:school-days:ex  trust-promise check rest   senco past
S04-ANSWER    2025-09-01 10:school-days:ex  trust-promise check family senco past
S04-SCREEN    2025-09-01 30:school-days:ex  trust-promise check rest   senco past
S04-WATCH     2025-09-01 0:set-date         trust-promise check rest   senco
S04-RESULTS   2025-09-01 0:set-date         trust-promise check rest   senco
S04-FLAG      2025-09-01 10:school-days:ex  trust-promise check rest   senco past
S06-PLAN      2025-09-01 15:school-days:ex  trust-promise check rest   senco past
S15-PROVISION 2025-09-01 20:school-days:ex  trust-promise check rest   senco past
S09-ANSWER    2025-09-01 10:school-days:ex  trust-promise check family senco past
S03-CHANGE    2025-09-01 0:set-date         trust-promise check rest   senco
S03-BRIEF     2025-09-01 5:school-days:ex   trust-promise check rest   senco past
S14-FOLLOW    2025-09-01 6:weeks:ex         trust-promise check rest   senco past
S15-NEED      2025-09-01 0:set-date         practice      check rest   senco
S15-DELIVERY  2025-09-01 5:school-days:ex   trust-promise check rest   senco past
ISP-01        2029-09-01 0:no-count         proposal      told  family senco past
ISP-02        2029-09-01 12:months:in       proposal      told  family senco past
LAY-01        2029-09-01 0:no-count         proposal      told  legal  senco past
SPP-01        2030-09-01 0:no-count         proposal      told  legal  senco past
AR-01         2030-09-01 0:no-count         proposal      told  legal  senco past
STD-01        2029-09-01 0:no-count         proposal      told  legal  senco past
CMP-01        2029-09-01 0:no-count         proposal      told  legal  senco past
"""
BY_KEY = {tuple(line.split()[:2]): line.split() for line in ENTRIES.strip().splitlines()}
SURE = {
    "read in the instrument": "read",
    "read in a reliable report of it": "told",
    "to be checked against the instrument": "check",
}


def counted(limit: Rule | Limit) -> str:
    unit = limit.unit.value.replace(" ", "-")
    return f"{limit.amount}:{unit}" + (f":{limit.counting.value[:2]}" if limit.counting is not Counting.NONE else "")


def marks(rule: Rule) -> list[str]:
    found = {
        "past": rule.happened, "safer": rule.safer == 1, "clear": rule.clear, "spare": rule.spare,
        "rolls": rule.roll is Roll.WORKING_DAY, "rolls-for-the-tribunal": rule.roll is Roll.TRIBUNAL,
        f"on:{rule.fixed}": rule.fixed is not None,
    }  # fmt: skip
    needs = [need.name + ("!" if need.required else "") for need in rule.needs]
    promise = [f"[{counted(rule.promise)}:{rule.promise.source.weight.value.split()[0]}]"] if rule.promise else []
    return [*(mark for mark, holds in found.items() if holds), *rule.excused_by, *needs, *promise]


def entry(rule: Rule) -> list[str]:
    until = "" if rule.in_force_to == date.max else f"..{rule.in_force_to}"
    weight = rule.severity.value.replace(" ", "-")
    who = [rule.band.value, rule.owner]
    return [
        rule.code,
        f"{rule.in_force_from}{until}",
        counted(rule),
        weight,
        SURE[rule.confidence.value],
        *who,
        *marks(rule),
    ]


@pytest.mark.parametrize("rule", [*TODAY.rules, *PROPOSAL.rules], ids=lambda rule: f"{rule.code} {rule.in_force_from}")
def test_a_rule_is_what_was_entered_for_it(rule: Rule) -> None:
    key = (rule.code, entry(rule)[1])
    assert entry(rule) == BY_KEY.get(key, f"no entry begins with {' '.join(key)}: read the instrument and add one")


def test_nothing_was_entered_that_is_no_rule() -> None:
    assert set(BY_KEY) == {(rule.code, entry(rule)[1]) for rule in (*TODAY.rules, *PROPOSAL.rules)}

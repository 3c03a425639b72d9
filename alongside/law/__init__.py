"""What the nation says: statute, Code of Practice and national code lists, as plain values.

Standard library only. Nothing here knows a database, a clock on the wall or a web page, so that a
lawyer can read it and a test can run it in a millisecond.

`rule` is the shape of a rule and `book` every rule there is, in dated packs; `clocks.due` turns a rule and the day of
its event into a `dates.Due`, which explains itself. `calendar` counts, `special` knows the dates that hang on more than
one event, `exemptions` what excuses lateness and moves nothing, `reckoning` a few sums. `codes`, `checklists` and
`thresholds` are the lists.
"""

"""`alongside bench`: how fast the pages are, measured against the bare SQL behind each of them.

For each size of trust: a database of its own with three years of invented history, the production server, wrk on
loopback, and the same pages in this process, where statements can be counted. Raw milliseconds mean little without
the machine beside them, so every page is also told as a multiple of its own SQL, replayed in the same run.

    command.py  the command: sizes, order, what is printed
    trust.py    a filled database, a copy of it to measure on, the server
    wrk.py      requests by the thousand, and reading what wrk found
    inside.py   the process that plays the pages: statements, ratio to SQL, the wall, the deadlines
    browser.py  a signed-in person who asks the application itself, without a network between
    goals.py    what is fast enough
    table.py    how it is said
"""

"""Policy section 14. What the staff can do for the pupils they teach, and how they learn it.

SEND Code of Practice 6.4, 6.37 and 6.89. The SENCO rates and coaches, the headteacher sees, the central team answers
what schools need alike; each member of staff sees their own record and nobody else's.
Words used: a *level* is how far somebody is in one of the four areas of need; a *gap* is a level below skilled in an area
in which they teach a pupil now; a *session* is a course on a day; *what changed* is asked six weeks after it.
"""

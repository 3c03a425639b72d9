"""Policy section 3. The SENCO's post: who holds it, since when, with which qualification, and in how much time.

SEND Regulations 2014 regs 49 and 50; SEND Code of Practice 6.84-6.94. The headteacher (or the director) appoints and
agrees the time; the SENCO says how it goes; governors are told how it stands and no more.
Words used: an *appointment* is a person's time as SENCO of a school, with its first and last day; the *clock* is the
time to qualify; *agreed* hours are those promised for the role, *lost* hours those of them that went to something else.
"""

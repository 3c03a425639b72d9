"""A school's pupils come in from the file its MIS exports, and a leaver's record goes out as a CTF.

File → reader (pure, streaming) → records → check → staged rows → a person reviews → one transaction.
Policy §4 and §15; Common Transfer File 24.0 to 26.0; SIMS, Bromcom, Arbor, Assembly and Wonde exports.

batch      one file brought in, from upload to applied or undone
row        what the file says about one pupil, and what that would change
conflict   the file and Alongside say different things, and a person has to choose
held       a word in the file that nobody has given a meaning yet; it changes nothing
refused    a row that cannot be brought in, with the line and the reason
"""

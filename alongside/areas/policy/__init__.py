"""Policy section 19, and what is said of the policy in the statement of intent and in section 1: the text itself.

The director for inclusion keeps it. Versions with their clauses, what is odd in the text, the law and guidance that it
cites, the yearly review, and who has been told and has read what changed. It stands above the register, because register
families are told of each change, and above the duties, because each clause leads to those that rest on it.
"""

"""Policy section 19, and every other: what the policy binds the trust and its schools to, who answers, how it stands.

The director for inclusion keeps it. A duty is one sentence of the policy that commits somebody; its state follows from
records, from what others saw, or from somebody's dated word, and the three are never mixed.
"""

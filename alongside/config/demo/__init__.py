"""An invented trust to try Alongside with: schools, families, staff and three years of their work.

Nobody in it is real. Places are checked against the names of England's schools and towns, telephone numbers
are the ones kept for drama (Ofcom), and mail goes to addresses that cannot exist (RFC 2606).
"""

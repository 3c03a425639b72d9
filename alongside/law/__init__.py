"""What the nation says: statute, Code of Practice and national code lists, as plain values.

Standard library only. Nothing here knows a database, a clock on the wall or a web page, so that a
lawyer can read it and a test can run it in a millisecond.
"""

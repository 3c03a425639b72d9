"""Policy sections 1 and 13. Where a school departed from the SEND Code, and why: comply or explain.

Children and Families Act 2014 s77: a school has regard to the Code. Where the Code says "should" it may do otherwise with
a reason that it can explain, to a tribunal if it comes to that; where the law says "must" nothing can be explained away.
Words used: a *departure* is one entry of that log, written when it happens; an *addition* is a dated line below it.
"""

"""Policy sections 4 and 15. Who has SEN support or an EHC plan, with what needs, since when and by what decision.

Children and Families Act 2014 s20-21 (two limbs) and s68 (telling parents); Code 6.15, 6.43, 6.72-6.78."""

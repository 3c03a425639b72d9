"""Policy section 4. Nobody is missed: what the results of every pupil say, as questions to those who know them.

SEND Code of Practice 6.16-6.19. The sweep computes, a flag asks, a teacher or the SENCO answers; nothing here places a
pupil on the register.
"""

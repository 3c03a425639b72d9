"""Policy sections 3 and 6.1-6.4. What an adult needs in thirty seconds: who is in front of me, what helps."""

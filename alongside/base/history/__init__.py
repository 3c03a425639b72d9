"""What happened, who did it and who looked, in words."""

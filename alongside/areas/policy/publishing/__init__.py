"""What stands on the trust's website: the approved file, its address, the daily look, and the web version."""

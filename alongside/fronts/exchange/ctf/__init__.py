"""The Common Transfer File: what English schools send each other when a pupil moves."""

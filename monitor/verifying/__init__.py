"""Checking what is stored against itself: each check names what does not hold, and changes nothing."""

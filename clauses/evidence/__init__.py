"""Records as files that somebody can check who does not trust this site and does not have this program."""

"""onrecord: who said what, who did what, and on whose word."""

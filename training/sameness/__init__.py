"""Fits how likely two marks of different reports tell one thing."""

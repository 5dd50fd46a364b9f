"""Marks of many reports -> actors, copies, stories, claims, disagreements, demands, commitments."""

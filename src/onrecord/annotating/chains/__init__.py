"""Chains: all words of a report for one person, organisation or place, pronouns and descriptions with them."""

from onrecord.annotating.chains.finding import find_chains

__all__ = ["find_chains"]

"""Chains: all words of a report for one person, organisation or place, pronouns and descriptions with them."""

from onrecord.annotating.chains.finding import Chain, Link, find_chains

__all__ = ["Chain", "Link", "find_chains"]

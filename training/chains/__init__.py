"""Fits the weights of `onrecord.annotating.chains`: kinds of phrases, and antecedents of mentions."""

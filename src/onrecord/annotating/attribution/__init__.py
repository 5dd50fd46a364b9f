"""Attributions, names and events: source, cue and content of every statement and belief in a report; what is named.

One small encoder reads windows of whole paragraphs; one head labels each word, another points from contents to cues
and from cues to sources; a constrained Viterbi turns scores into spans. A third head tells the words of names, a
fourth the words that tell events. How it was trained and what it reaches:
docs/explanation/attribution-model.md.
"""

from onrecord.annotating.attribution.assembling import Attribution
from onrecord.annotating.attribution.coding import Hint
from onrecord.annotating.attribution.tagger import AttributionTagger, Readings

__all__ = ["Attribution", "AttributionTagger", "Hint", "Readings"]

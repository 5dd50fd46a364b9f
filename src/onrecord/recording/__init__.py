"""The record <-> SQL (SQLite by default): whole reports or none, full-text search, verification."""

from onrecord.recording.answers import Added, Counts, Damage, Hit, HitKind
from onrecord.recording.browsing import Browsing
from onrecord.recording.judgements import Ruling
from onrecord.recording.store import Store

__all__ = ["Added", "Browsing", "Counts", "Damage", "Hit", "HitKind", "Ruling", "Store"]

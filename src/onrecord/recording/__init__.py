"""The record <-> SQL (SQLite by default): whole reports or none, full-text search, verification."""

from onrecord.recording.answers import Added, Counts, Damage, Hit, HitKind
from onrecord.recording.store import Store

__all__ = ["Added", "Counts", "Damage", "Hit", "HitKind", "Store"]

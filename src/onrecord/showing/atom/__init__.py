"""What is new, as Atom feeds (RFC 4287): of everything, of a story, of an actor."""

from onrecord.showing.atom.feeds import Author, Entry, Feed, write_feed
from onrecord.showing.atom.routes import router

__all__ = ["Author", "Entry", "Feed", "router", "write_feed"]

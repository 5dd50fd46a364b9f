"""Lists of addresses: RSS and Atom feeds, OPML lists of feeds, sitemaps and their indices."""

from onrecord.reading.listings.parsing import Link, LinkKind, Listing, is_listing, parse_listing

__all__ = ["Link", "LinkKind", "Listing", "is_listing", "parse_listing"]

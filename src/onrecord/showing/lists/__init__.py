"""Lists: statements, actors, the ledger, stories and hits, as a table or as JSON, JSON Lines or CSV."""

from onrecord.showing.lists.actors import list_actors
from onrecord.showing.lists.hits import list_hits
from onrecord.showing.lists.ledger import LedgerFilter, list_ledger
from onrecord.showing.lists.listing import FORMATS, Column, Listing, write
from onrecord.showing.lists.statements import list_statements
from onrecord.showing.lists.stories import list_stories

__all__ = [
    "FORMATS",
    "Column",
    "LedgerFilter",
    "Listing",
    "list_actors",
    "list_hits",
    "list_ledger",
    "list_statements",
    "list_stories",
    "write",
]

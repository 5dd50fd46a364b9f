"""Lists: statements, actors, the ledger, stories and hits, as a table or as JSON, JSON Lines or CSV."""

from onrecord.showing.lists.actors import list_actors
from onrecord.showing.lists.changes import SHOWN, list_changes, reports_told
from onrecord.showing.lists.hits import list_hits
from onrecord.showing.lists.judgements import list_judgements
from onrecord.showing.lists.ledger import LedgerFilter, list_ledger
from onrecord.showing.lists.listing import FORMATS, Column, Listing, write
from onrecord.showing.lists.matrix import LEGEND, list_matrix
from onrecord.showing.lists.statements import list_statements
from onrecord.showing.lists.stories import list_stories

__all__ = [
    "FORMATS",
    "LEGEND",
    "SHOWN",
    "Column",
    "LedgerFilter",
    "Listing",
    "list_actors",
    "list_changes",
    "list_hits",
    "list_judgements",
    "list_ledger",
    "list_matrix",
    "list_statements",
    "list_stories",
    "reports_told",
    "write",
]

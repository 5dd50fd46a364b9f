"""Statements: who says or holds what, with the speaker resolved and the act typed."""

from onrecord.annotating.statements.finding import StatementFinder

__all__ = ["StatementFinder"]

"""Actors: who and what a report speaks of, each mention linked to one entity."""

from onrecord.annotating.actors.finding import find_actors
from onrecord.annotating.actors.resolving import Resolver, resolve

__all__ = ["Resolver", "find_actors", "resolve"]

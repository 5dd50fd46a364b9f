"""Marks of many reports made one record: copies, stories, actors, claims, disagreements, demands, commitments.

Everything here is a pure function over the nouns of `onrecord.model` and gives the same answer in whatever
order its input comes.
"""

from onrecord.fusing.actors import Joined, actor_block, join_actors, join_to
from onrecord.fusing.copies import find_copies
from onrecord.fusing.following import follow
from onrecord.fusing.fuse import fuse_story
from onrecord.fusing.judging import judge_actors, named_actors
from onrecord.fusing.likenesses import CANDIDATE_DAYS, likeness
from onrecord.fusing.nearby import Resolver
from onrecord.fusing.offices import with_holders
from onrecord.fusing.pieces import Pieces, worth_keeping
from onrecord.fusing.signatures import sign
from onrecord.fusing.stories import INDEXED_TERMS, JOIN, find_stories, group
from onrecord.fusing.why import Joining, why_one

__all__ = [
    "CANDIDATE_DAYS",
    "INDEXED_TERMS",
    "JOIN",
    "Joined",
    "Joining",
    "Pieces",
    "Resolver",
    "actor_block",
    "find_copies",
    "find_stories",
    "follow",
    "fuse_story",
    "group",
    "join_actors",
    "join_to",
    "judge_actors",
    "likeness",
    "named_actors",
    "sign",
    "why_one",
    "with_holders",
    "worth_keeping",
]

"""`onrecord judge`."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.model import Judgement


class Word(StrEnum):
    """What an analyst can say."""

    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    CORRECT = "correct"


class Thing(StrEnum):
    """What it can be said of."""

    STATEMENT = "statement"
    EVENT = "event"
    CLAIM = "claim"
    ACTOR = "actor"
    DEMAND = "demand"
    COMMITMENT = "commitment"


#: What an id looks like -> what it is the id of.
_IDS = (
    (re.compile(r"r[0-9a-f]{16}\.s\d+"), Thing.STATEMENT),
    (re.compile(r"r[0-9a-f]{16}\.e\d+"), Thing.EVENT),
    (re.compile(r"c[0-9a-f]{16}"), Thing.CLAIM),
    (re.compile(r"d[0-9a-f]{16}"), Thing.DEMAND),
    (re.compile(r"k[0-9a-f]{16}"), Thing.COMMITMENT),
)

AuthorOption = Annotated[
    str | None, typer.Option("--author", metavar="NAME", envvar="ONRECORD_AUTHOR", help="Who says so.")
]


def judge(
    verdict: Annotated[Word, typer.Argument(metavar="VERDICT", help="accept, reject, merge, split or correct.")],
    targets: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Of statements, events, claims, actors, demands, commitments.")
    ],
    change: Annotated[
        str | None, typer.Option("--set", metavar="FIELD=VALUE", help="With correct: due=2025-03-31, speakers=A; B.")
    ] = None,
    kind: Annotated[Thing | None, typer.Option("--kind", help="What the IDs are, if they do not say so.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="WORDS", help="Why.")] = None,
    author: AuthorOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Accept, reject, merge, split or correct what was found; it holds until it is undone.

    merge makes several claims or actors one. split takes apart: a claim alone falls into its members; after a claim,
    its members named are taken out of it; after an actor, the entities named, or those of the reports named, are
    somebody else. The machine's value is kept beside the judgement. The id of the judgement is printed.

    Example: onrecord judge correct k5be1d2f6a7c08934 --set due=2025-03-31 --note "the ministry's own date"
    """
    field, value = _change(change) if verdict is Word.CORRECT or change else (None, None)
    with open_store(store, write=True) as book:
        made = book.judge(
            verdict.value,
            targets,
            kind=(kind or _kind(targets)).value,
            field=field,
            value=value,
            note=note,
            author=author,
        )
    say(told(made))
    typer.echo(made.id)


def told(one: "Judgement") -> str:
    """A judgement in a line."""
    from onrecord.showing.words import counted, one_line

    change = f": {one.field} is {one.value or 'none'}, not {one.machine or 'none'}" if one.field else ""
    places = len({anchor.report for anchor in one.anchors if anchor.report})
    return one_line(f"{one.verdict} {one.kind} {', '.join(one.targets)}{change} ({counted(places, 'report')})")


def _change(told: str | None) -> tuple[str, str | None]:
    field, sign, value = (told or "").partition("=")
    if not sign or not field:
        raise UsageError(f"correct needs --set FIELD=VALUE, e.g. --set due=2025-03-31, not {told!r}")
    return field.strip(), value.strip() or None


def _kind(targets: list[str]) -> Thing:
    """What ids are, by the first of them: an actor's has a colon, or is that of an entity."""
    first = targets[0]
    return next((thing for form, thing in _IDS if form.fullmatch(first)), Thing.ACTOR)


__all__ = ["judge"]

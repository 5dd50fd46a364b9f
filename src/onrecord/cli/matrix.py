"""`onrecord matrix`."""

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, FormatOption, ListFormat, StoreOption, open_store, print_list, story_id


class Kind(StrEnum):
    """What claims are about."""

    STATEMENT = "statement"
    EVENT = "event"


def matrix(
    story: Annotated[
        str | None, typer.Argument(metavar="STORY", help="Its id, or the beginning of it.", show_default=False)
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only what was said, or what was done.")] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Only what two outlets or more say.")] = False,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """Claims by outlets: who says it, who says it differently and how, who does not say it.

    That an outlet does not say something proves nothing. Without STORY: the list of stories, or the only story.

    Example: onrecord matrix --shared
    """
    from onrecord.showing.judging import corrected
    from onrecord.showing.lists import LEGEND, list_matrix, list_stories

    with open_store(store) as book:
        stories = book.stories()
        if story is None and len(stories) != 1:
            print_list(list_stories(stories), form)
            return
        record = corrected(book.record(story_id(book, story) if story else stories[0].id))
    if form is ListFormat.TABLE:
        say(LEGEND)
    print_list(list_matrix(record, kind.value if kind else None, shared=shared), form)


__all__ = ["matrix"]

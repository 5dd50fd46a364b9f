"""`onrecord judgements`."""

from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_STORE, FormatOption, ListFormat, StoreOption, open_store, print_list


def judgements(
    of: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Only those about these things.", show_default=False)
    ] = None,
    undone: Annotated[bool, typer.Option("--undone", help="Also those that were taken back.")] = False,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List the judgements, oldest first: who decided what about which words, and what the machine had said.

    --format jsonl is gold for evaluation: each judgement with the reports, hashes, spans and words it is about.

    Example: onrecord judgements --format jsonl
    """
    from onrecord.showing.lists import list_judgements

    with open_store(store) as book:
        found = book.judgements(of or None, undone=undone)
        reports = {anchor.report for one in found for anchor in one.anchors if anchor.report is not None}
        texts = {one.id: one for one in book.store.judging().reports(sorted(reports))}
    print_list(list_judgements(found, texts), form)


__all__ = ["judgements"]

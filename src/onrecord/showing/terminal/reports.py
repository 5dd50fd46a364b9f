"""The head of a story: its title and its reports."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.model import Report, Story
from onrecord.showing.dates import readable
from onrecord.showing.references import References
from onrecord.showing.terminal.styles import grid, heading, indented
from onrecord.showing.words import counted, one_line


def title(story: Story, refs: References) -> RenderableType:
    """The story's title, size and days."""
    days = f"{story.start}/{story.end}" if story.start and story.end else story.start or story.end
    size = counted(len(refs.reports), "report")
    if refs.originals < len(refs.reports):
        size += f", {refs.originals} without copies"
    return Group(
        Text(one_line(story.title), style="bold"),
        Text(f"{size} · {readable(days)} · story {story.id}", style="dim"),
    )


def reports(refs: References) -> Iterator[RenderableType]:
    """Who reported, when, where the text came from; copies said to be copies."""
    yield heading("Reports", "[2:14] below is line 14 of report 2")
    table = grid("number", "report")
    for report in refs.reports:
        table.add_row(Text(f"[{refs.number[report.id]}]", style="ref"), _report(report, refs))
    yield indented(table)


def _report(report: Report, refs: References) -> Text:
    told = Text().append(refs.outlet(report.id), style="bold" if report.outlet else "italic")
    told.append(f" · {_date(report)}")
    if report.byline:
        told.append(f" · {one_line(', '.join(report.byline))}")
    told.append(f"\n{one_line(report.title or 'title not told')}")
    told.append(f"\n{one_line(report.source)}", style="dim")
    for line in _notes(report, refs):
        told.append(f"\n{line}", style="yellow")
    return told


def _date(report: Report) -> str:
    if report.published:
        return readable(report.published)
    why = next((note.reason for note in report.notes if note.field == "published" and note.how == "missing"), "")
    told = f"dated {readable(report.dateline)} by its text" if report.dateline else "date not told"
    return f"{told} ({one_line(why)})" if why and not report.dateline else told


def _notes(report: Report, refs: References) -> Iterator[str]:
    copies = refs.copied_from.get(report.id, ())
    for one in copies[:1]:
        yield f"copy of [{refs.number[one]}] {_likeness(report.id, one, refs)}"
    for marks in refs.record.annotations:
        if marks.report == report.id and marks.skipped:
            yield f"not annotated: {one_line(marks.skipped)}"


def _likeness(one: str, other: str, refs: References) -> str:
    pair = tuple(sorted((one, other)))
    copy = next(copy for fusion in refs.record.fusions for copy in fusion.copies if copy.reports == pair)
    if copy.by == "credit":
        return "(it credits that outlet)"
    return f"({copy.score:.0%} of its word sequences)"


__all__ = ["reports", "title"]

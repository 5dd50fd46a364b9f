"""Events of one sentence, with those joined that coordinated words tell of one happening."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotating.events.scenes import Match
from onrecord.model import Event, Span

#: "27 were killed and many hurt in Monday's bombardment": a blow told so near behind its toll belongs to its words.
_NEAR_CHARS = 40


class Told:
    """Collects the events of a sentence; "killed five and wounded nine" stays one."""

    def __init__(self) -> None:
        self._rows: list[tuple[Match, Event]] = []
        self._by_trigger: dict[int, int] = {}
        self._by_head: dict[int, int] = {}
        self._again: set[int] = set()

    def add(self, match: Match, event: Event, *, again: bool = False) -> None:
        """Add an event, or join it to the one that tells the same happening.

        Args:
            match: what tells it.
            event: it.
            again: whether its parties are those of what was told before ("were killed in the attack").
        """
        index = self._joined_to(match, event, again=again)
        if index is not None:
            first, earlier = self._rows[index]
            if index in self._again and not again:
                self._again.discard(index)
                earlier = replace(
                    earlier, sources=event.sources or earlier.sources, targets=event.targets or earlier.targets
                )
            self._rows[index] = (first, _joined(earlier, event))
            self._by_trigger.setdefault(match.trigger.i, index)
            return
        self._by_trigger.setdefault(match.trigger.i, len(self._rows))
        if match.trigger.dep_ in ("nsubj", "advcl"):
            self._by_head.setdefault(match.trigger.head.i, len(self._rows))
        if again:
            self._again.add(len(self._rows))
        self._rows.append((match, event))

    def events(self) -> Iterator[Event]:
        """What was told, in text order of the triggers."""
        return (event for _, event in self._rows)

    def _joined_to(self, match: Match, event: Event, *, again: bool) -> int | None:
        trigger = match.trigger
        over = trigger.head
        candidates = [self._by_head.get(trigger.i)]
        if trigger.dep_ in ("conj", "advcl", "xcomp"):
            candidates += [self._by_trigger.get(over.i), self._by_head.get(over.i) if trigger.dep_ == "xcomp" else None]
        if over.dep_ in ("agent", "prep"):
            candidates.append(self._by_trigger.get(over.head.i))
        behind = self._by_trigger.get(over.i) if trigger.dep_ in ("relcl", "acl", "nsubj", "nsubjpass") else None
        if behind is not None and (again or behind in self._again):
            # "that attack, which killed 30"
            candidates.append(behind)
        for index in candidates:
            if index is None or self._rows[index][0].trigger.i == trigger.i:
                continue
            earlier = self._rows[index][1]
            alike = earlier.type is event.type and earlier.modality is event.modality
            nameless = again or index in self._again or not (earlier.sources or earlier.targets)
            if alike and (nameless or set(earlier.sources) >= set(event.sources)):
                return index
        return None


def _joined(earlier: Event, event: Event) -> Event:
    span = earlier.span
    near = event.span.overlaps(span) or 0 <= event.span.start - span.end < _NEAR_CHARS
    if event.span.start < span.start or event.quantities or near:
        span = Span(min(span.start, event.span.start), max(span.end, event.span.end))
    return replace(
        earlier,
        span=span,
        sources=earlier.sources or event.sources,
        targets=earlier.targets or event.targets,
        quantities=tuple(dict.fromkeys((*earlier.quantities, *event.quantities))),
        date=earlier.date or event.date,
    )

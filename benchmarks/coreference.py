"""Names and coreference of GUM-like documents: CoNLL-format clusters, and the figures.

    python -m benchmarks.coreference ../shared/bench/actors/gum OUT --documents ../shared/bench/actors/gum_dev.txt

Every CoNLL-U document of the folder (or those that the list names) is read as a report without outlet or day; the
product's own stages annotate it. GUM marks whole noun phrases of any person, organisation or place, the product's
record only words for actors of news. So figures are of the product's chains (`onrecord.annotating.chains`), which are
made of the parse and of the entities and are as wide as GUM's mentions; with `--record` of the entities and places of
the record as they are. No gold tree is used for spans. OUT gets one CoNLL file: `#begin document`, a line a word with
its clusters, `#end document`. Figures go to the terminal:

- named spans: person, organisation and place names, exact span and kind, and exact span alone. A state may be an
  organisation or a place in GUM, so a state's name counts as either.
- coreference of person, organisation and place mentions: MUC, B-cubed, CEAF-e and their mean (Pradhan et al. 2012),
  clusters of one left out on both sides. Mentions match by head word, as in the CorefUD shared tasks; exact spans are
  given too. Pronouns are reported on their own: the share that is in a cluster with a right antecedent.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx

from benchmarks.gum import GumDocument, read_document
from onrecord.annotating.chains import find_chains
from onrecord.annotating.parse import parse
from onrecord.model import ActorKind, Annotation, Block, BlockKind, Chain, ChainKind, LinkForm, Report, Span
from onrecord.pipeline import annotate, steps

Key = tuple[int, int]
Clusters = list[frozenset[Key]]
#: The genres that issue 4 names; figures over the others are given as well.
GENRES = ("news", "interview", "speech", "bio")
_GUM_KINDS = {
    ChainKind.PERSON: ("person",),
    ChainKind.STATE: ("organization", "place"),
    ChainKind.ORGANISATION: ("organization",),
    ChainKind.PLACE: ("place",),
}
_KINDS = {ActorKind.PERSON: ("person",), ActorKind.GROUP: ("person", "organization")}


@dataclass(frozen=True, slots=True)
class Found:
    """A mention of the product: its span, whether it is a name, the kinds it may be in GUM, and its cluster."""

    span: Key
    named: bool
    kinds: tuple[str, ...]
    cluster: str


def report_of(document: GumDocument) -> Report:
    """The document as a report of paragraphs."""
    blocks = tuple(Block(Span(start, end), BlockKind.PARAGRAPH) for start, end in document.paragraphs if start < end)
    return Report(document.id, document.id, "0" * 64, document.text, blocks, language="en")


def found_in(chains: Iterable[Chain]) -> list[Found]:
    """The mentions of the product's chains; a name is of the kind that its chain is."""
    found = []
    for number, chain in enumerate(chains):
        for link in chain.links:
            named = link.form is LinkForm.NAME
            kinds = _GUM_KINDS[chain.kind if named else link.kind]
            found.append(Found((link.span.start, link.span.end), named, kinds, str(number)))
    return found


def recorded_in(marks: Annotation) -> list[Found]:
    """The mentions of the record; a country told as a place is in the cluster of the state."""
    found = []
    states = {
        entity.country: entity.id for entity in marks.entities if entity.kind is ActorKind.STATE and entity.country
    }
    for entity in marks.entities:
        kinds = _KINDS.get(entity.kind, ("organization", "place"))
        for mention in entity.mentions:
            key = (mention.span.start, mention.span.end)
            found.append(Found(key, mention.form == "name", kinds, entity.id))
    taken = {one.span for one in found}
    for place in marks.places:
        key = (place.span.start, place.span.end)
        if key not in taken:
            cluster = states.get(place.place.country or "") if place.place.lat is None else None
            found.append(Found(key, True, ("place",), cluster or f"place:{place.place.name}:{place.place.country}"))
    return found


def keyed(spans: Iterable[tuple[Key, Key, str]], *, by_head: bool) -> Clusters:
    """Clusters of two and more mentions, each mention by its span or by its head word."""
    clusters: dict[str, set[Key]] = defaultdict(set)
    for span, head, cluster in spans:
        clusters[cluster].add(head if by_head else span)
    return sorted((frozenset(one) for one in clusters.values() if len(one) > 1), key=min)


def head_of(document: GumDocument, span: Key) -> Key:
    """The head word of a span by the gold tree: the first word whose own head lies outside."""
    inside = [n for n, word in enumerate(document.words) if span[0] <= word[0] and word[1] <= span[1]]
    if not inside:
        return span
    known = set(inside)
    head = next((n for n in inside if document.words[n][3] not in known or document.words[n][3] == n), inside[-1])
    return document.words[head][0], document.words[head][1]


@dataclass(slots=True)
class Tally:
    """Sums behind a precision and a recall."""

    right: float = 0.0
    found: float = 0.0
    right_of_gold: float = 0.0
    gold: float = 0.0

    def add(self, other: Tally) -> None:
        """Add the sums of another document."""
        self.right += other.right
        self.found += other.found
        self.right_of_gold += other.right_of_gold
        self.gold += other.gold

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is nothing."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right_of_gold / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right_of_gold / self.gold if self.gold else 0.0
        return f"p {precision:.3f}  r {recall:.3f}  f1 {self.f1:.3f}"


def muc(gold: Clusters, found: Clusters) -> Tally:
    """Vilain et al. 1995: links that hold."""

    def links(these: Clusters, those: Clusters) -> tuple[float, float]:
        where = {mention: number for number, cluster in enumerate(those) for mention in cluster}
        kept = all_links = 0
        for cluster in these:
            parts = {where[mention] for mention in cluster if mention in where}
            alone = sum(mention not in where for mention in cluster)
            kept += len(cluster) - len(parts) - alone
            all_links += len(cluster) - 1
        return float(kept), float(all_links)

    right, wanted = links(gold, found)
    good, told = links(found, gold)
    return Tally(good, told, right, wanted)


def b_cubed(gold: Clusters, found: Clusters) -> Tally:
    """Bagga and Baldwin 1998: each mention's share of its cluster that is right."""

    def share(these: Clusters, those: Clusters) -> tuple[float, float]:
        where = {mention: cluster for cluster in those for mention in cluster}
        none: frozenset[Key] = frozenset()
        total = sum(len(one & where.get(mention, none)) / len(one) for one in these for mention in one)
        return total, float(sum(map(len, these)))

    right, wanted = share(gold, found)
    good, told = share(found, gold)
    return Tally(good, told, right, wanted)


def ceaf_e(gold: Clusters, found: Clusters) -> Tally:
    """Luo 2005, entity-based: the best one-to-one match of clusters by 2|G and F| / (|G| + |F|)."""
    graph: networkx.Graph[tuple[str, int]] = networkx.Graph()
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            if common := len(one & other):
                graph.add_edge(("g", g), ("f", f), weight=2 * common / (len(one) + len(other)))
    matched = networkx.max_weight_matching(graph)
    total = sum(graph.edges[pair]["weight"] for pair in matched)
    return Tally(total, len(found), total, len(gold))


METRICS: tuple[tuple[str, Callable[[Clusters, Clusters], Tally]], ...] = (
    ("MUC", muc),
    ("B-cubed", b_cubed),
    ("CEAF-e", ceaf_e),
)


def names(document: GumDocument, found: Sequence[Found], *, with_kind: bool) -> Tally:
    """Named spans: exact, with or without the kind."""
    gold = {(m.start, m.end): m.kind for m in document.mentions if m.form == "named"}
    told = {one.span: one.kinds for one in found if one.named}
    right = sum(span in gold and (not with_kind or gold[span] in kinds) for span, kinds in told.items())
    return Tally(right, len(told), right, len(gold))


def pronouns(document: GumDocument, found: Sequence[Found]) -> Tally:
    """Pronouns that share a cluster with an earlier mention that is no pronoun, by head word, in both."""
    gold_of: dict[Key, str] = {m.head: m.entity for m in document.mentions}
    gold_plain: dict[str, set[Key]] = defaultdict(set)
    for m in document.mentions:
        if m.form != "pronoun":
            gold_plain[m.entity].add(m.head)
    mine = {head_of(document, one.span): one.cluster for one in found}
    members: dict[str, set[Key]] = defaultdict(set)
    for head, cluster in mine.items():
        members[cluster].add(head)
    wanted = [m for m in document.mentions if m.form == "pronoun" and gold_plain[m.entity]]
    heads = {m.head for m in document.mentions if m.form == "pronoun"}
    told = [m for m in wanted if m.head in mine and members[mine[m.head]] - heads]
    right = sum(bool(members[mine[m.head]] & gold_plain[gold_of[m.head]]) for m in told)
    return Tally(right, len(told), right, len(wanted))


def written(document: GumDocument, found: Sequence[Found]) -> Iterable[str]:
    """The document's lines in the CoNLL-2012 format's first, third, fourth and last columns."""
    opens: dict[int, list[str]] = defaultdict(list)
    closes: dict[int, list[str]] = defaultdict(list)
    numbers = {name: n for n, name in enumerate(sorted({one.cluster for one in found}))}
    for one in found:
        inside = [n for n, word in enumerate(document.words) if one.span[0] <= word[0] and word[1] <= one.span[1]]
        if len(inside) == 1:
            opens[inside[0]].append(f"({numbers[one.cluster]})")
        elif inside:
            opens[inside[0]].append(f"({numbers[one.cluster]}")
            closes[inside[-1]].append(f"{numbers[one.cluster]})")
    yield f"#begin document ({document.id}); part 000"
    for n, (start, end, _, _) in enumerate(document.words):
        yield f"{document.id}\t{n}\t{document.text[start:end]}\t{'|'.join([*opens[n], *closes[n]]) or '-'}"
    yield "#end document"


def genre(document: str) -> str:
    """GUM_news_asylum is of the genre news."""
    return document.split("_")[1] if document.count("_") > 1 else "other"


def report(title: str, read: Sequence[tuple[GumDocument, list[Found]]]) -> None:
    """Print the figures of some documents."""
    if not read:
        return
    print(f"\n{title}: {len(read)} documents")
    for label, with_kind in (("named spans with kind", True), ("named spans", False)):
        tally = Tally()
        for document, found in read:
            tally.add(names(document, found, with_kind=with_kind))
        print(f"  {label:28}{tally}")
    for label, by_head in (("head", True), ("exact span", False)):
        scores = []
        for name, metric in METRICS:
            tally = Tally()
            for document, found in read:
                gold = keyed((((m.start, m.end), m.head, m.entity) for m in document.mentions), by_head=by_head)
                mine = keyed(((m.span, head_of(document, m.span), m.cluster) for m in found), by_head=by_head)
                tally.add(metric(gold, mine))
            scores.append(tally.f1)
            print(f"  {f'{name}, {label}':28}{tally}")
        print(f"  {f'CoNLL mean, {label}':28}{sum(scores) / len(scores):.3f}")
    tally = Tally()
    for document, found in read:
        tally.add(pronouns(document, found))
    print(f"  {'pronouns':28}{tally}")


def main() -> None:
    """Annotate, write the clusters, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--documents", type=Path, help="a file with the names of the documents to read, one a line")
    parser.add_argument("--record", action="store_true", help="the entities of the record instead of the chains")
    told = parser.parse_args()
    wanted = set(told.documents.read_text(encoding="utf-8").split()) if told.documents else None
    paths = [path for path in sorted(told.folder.glob("*.conllu")) if wanted is None or path.stem in wanted]
    if not paths:
        print(f"{told.folder}: no .conllu documents to read; name a folder that has some", file=sys.stderr)
        raise SystemExit(2)
    stages = steps()
    read = []
    for path in paths:
        document = read_document(path)
        one = report_of(document)
        marks = annotate(one, stages)
        found = recorded_in(marks) if told.record else found_in(find_chains(parse(one), marks))
        read.append((document, found))
    told.out.write_text("".join(f"{line}\n" for one in read for line in written(*one)), encoding="utf-8")
    report("news, interview, speech, bio", [one for one in read if genre(one[0].id) in GENRES])
    report("all genres", read)


if __name__ == "__main__":
    main()

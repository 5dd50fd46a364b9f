"""Texts with a teacher's grammar and names: what the grammar heads are fitted to.

    python -m training.encoder.silver ../shared/bench FOLDER --teacher PATH

Runs where spaCy is installed. Writes one JSON-lines file for each source of texts; a row has the text, its gold
(where there is one) and, for each paragraph, the teacher's words, heads, labels, tags, names and sentences.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.attribution.augmenting import augment
from training.attribution.corpus import Article, paragraphs, read_jsonl, read_own
from training.encoder import gum

REUTERS_ARTICLES = 600
OTHER_ANNOTATORS = 32
"""How many further annotators' versions of articles of train are taken from `multi`."""


def load_teacher(path: str) -> Language:
    """The teacher without what the student does not learn."""
    nlp = spacy.load(path, exclude=["lemmatizer", "senter"])
    nlp.max_length = 10_000_000
    return nlp


def label_names(nlp: Language) -> dict[str, list[str]]:
    """The teacher's inventories; `names` are begin and inside labels after the empty one."""
    names = ["O"]
    for label in nlp.get_pipe("ner").labels:
        names += [f"B-{label}", f"I-{label}"]
    parts = ["ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"]
    return {
        "tags": list(nlp.get_pipe("tagger").labels),
        "relations": [*nlp.get_pipe("parser").labels],
        "names": names,
        "parts": parts[0].split(),
    }


def block(doc: Doc, start: int, known: dict[str, dict[str, int]]) -> dict[str, Any]:
    """One paragraph as a row: words are all tokens but white space; a root is its own head."""
    words = [token for token in doc if not token.is_space]
    number = {token.i: place for place, token in enumerate(words)}
    made: dict[str, Any] = {"words": [[start + t.idx, start + t.idx + len(t.text)] for t in words]}
    heads = []
    for token in words:
        head = token.head
        while head.i not in number and head.head.i != head.i:
            head = head.head
        heads.append(number.get(head.i, number[token.i]))
    made["heads"] = heads
    made["relations"] = [known["relations"].get(t.dep_, known["relations"]["dep"]) for t in words]
    made["tags"] = [known["tags"].get(t.tag_, 0) for t in words]
    made["parts"] = [known["parts"].get(t.pos_, known["parts"]["X"]) for t in words]
    made["names"] = [
        known["names"][f"{'B' if t.ent_iob_ == 'B' else 'I'}-{t.ent_type_}"] if t.ent_type_ else 0 for t in words
    ]
    begins = {next((t.i for t in sentence if not t.is_space), -1) for sentence in doc.sents}
    made["begins"] = [int(t.i in begins) for t in words]
    return made


def annotated(
    nlp: Language, texts: Iterable[tuple[dict[str, Any], Sequence[tuple[int, int]]]]
) -> Iterator[dict[str, Any]]:
    """Rows (with a text) and the spans of their paragraphs in; rows with `blocks` out."""
    names = label_names(nlp)
    known = {kind: {label: number for number, label in enumerate(labels)} for kind, labels in names.items()}
    rows, spans = [], []
    for row, places in texts:
        rows.append(row)
        spans.append(places)
    flat = [row["text"][start:end] for row, places in zip(rows, spans, strict=True) for start, end in places]
    docs = nlp.pipe(flat, batch_size=128)
    for row, places in zip(rows, spans, strict=True):
        row["blocks"] = [made for start, _ in places if (made := block(next(docs), start, known))["words"]]
        yield row


def attribution_row(article: Article) -> dict[str, Any]:
    """An article with its gold."""
    told = [{"source": one.source, "cue": one.cue, "content": one.content} for one in article.attributions]
    return {"id": article.id, "text": article.text, "attributions": told}


def polnear(folder: Path, variant: int) -> list[Article]:
    """Train, a sample of other annotators' versions and our own articles, augmented; variant 0 as it is."""
    train = read_jsonl(folder / "train.jsonl")
    held_out = {article.id for article in read_jsonl(folder / "dev.jsonl")}
    known = {(article.id, article.attributions) for article in train}
    others = [
        article
        for article in read_jsonl(folder / "multi.jsonl")
        if article.id not in held_out and (article.id, article.attributions) not in known
    ]
    random.Random(0).shuffle(others)
    own = read_own(Path(__file__).parent.parent / "attribution" / "own.txt")
    every = train + others[:OTHER_ANNOTATORS] + 3 * own
    rng = random.Random(variant)
    return [augment(article, rng) for article in every] if variant else every


def plain_rows(bench: Path) -> Iterator[dict[str, Any]]:
    """News of the story sets and some of Reuters: no gold, grammar and names only."""
    for name in ("g5w1h", "wikinews", "fakes"):
        for line in (bench / "stories" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            yield {"id": row["id"], "text": f"{row['title'] or ''}\n\n{row['text'] or ''}"[:8000]}
    rows = [json.loads(line) for line in (bench / "stories" / "reuters.jsonl").open(encoding="utf-8")]
    for row in random.Random(0).sample(rows, REUTERS_ARTICLES):
        yield {"id": row["id"], "text": f"{row.get('title') or ''}\n\n{row.get('text') or ''}"[:4000]}


def rows_of(source: str, bench: Path) -> Iterator[tuple[dict[str, Any], Sequence[tuple[int, int]]]]:
    """The texts of one source with their paragraphs."""
    if source == "plv":
        for line in (bench / "events" / "PLV_train.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            kept = {key: row[key] for key in ("id", "sentence_id", "source_spans", "target_spans", "gold_root")}
            yield {"text": row["sentence"], **kept}, [(0, len(row["sentence"]))]
    elif source == "plain":
        for row in plain_rows(bench):
            yield row, paragraphs(row["text"])
    elif source == "gum":
        for document in gum.read(bench / "actors" / "gum"):
            yield document.row(), document.paragraphs
    elif source == "dev":
        for article in read_jsonl(bench / "attribution" / "dev.jsonl"):
            yield attribution_row(article), paragraphs(article.text)
    else:
        for article in polnear(bench / "attribution", int(source.removeprefix("polnear"))):
            yield attribution_row(article), paragraphs(article.text)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--teacher", required=True, help="folder of a spaCy pipeline")
    parser.add_argument(
        "--sources", nargs="*", default=["dev", "gum", "plv", "polnear0", "plain", "polnear1", "polnear2"]
    )
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    nlp = load_teacher(told.teacher)
    (told.folder / "labels.json").write_text(json.dumps(label_names(nlp), indent=1) + "\n", encoding="utf-8")
    for source in told.sources:
        path = told.folder / f"{source}.jsonl"
        with path.with_suffix(".part").open("w", encoding="utf-8") as out:
            for row in annotated(nlp, rows_of(source, told.bench)):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    main()

"""Mentions of a report: what the record has, what it has otherwise, and what is guessed."""

import io
import json

from onrecord.model import (
    Actor,
    ActorKind,
    Annotation,
    Block,
    BlockKind,
    Chain,
    ChainKind,
    Link,
    LinkForm,
    Record,
    Report,
    Span,
)
from onrecord.showing.mentions import mentions_told, write_mentions

TEXT = "Ana Kell left Varda.\nShe met Ilo Tosk, who\x1b[31m greeted her."
LINE = TEXT.index("She")
KELL = Actor("person:kell-ana", "Ana Kell", ActorKind.PERSON, None, (), ("Ana Kell",), ("r1.a1",))
TOSK = Actor("person:tosk-ilo", "Ilo Tosk", ActorKind.PERSON, None, (), ("Ilo Tosk",), ("r1.a2",))
RECORD = Record(
    (Report("r1", "told.txt", "0" * 64, TEXT, (Block(Span(0, len(TEXT)), BlockKind.PARAGRAPH),), language="en"),),
    (Annotation("r1", sentences=(Span(0, 20), Span(LINE, len(TEXT)))),),
    (KELL, TOSK),
)


def link(words: str, form: LinkForm, known: str | None = None, kind: ChainKind = ChainKind.PERSON) -> Link:
    at = TEXT.index(words)
    return Link(Span(at, at + len(words)), form, kind, known)


CHAINS = (
    Chain(
        ChainKind.PERSON,
        (
            link("Ana Kell", LinkForm.NAME, KELL.id),
            link("She", LinkForm.PRONOUN),
            link("Ilo Tosk", LinkForm.NAME, TOSK.id),
        ),
        KELL.id,
    ),
    Chain(ChainKind.PLACE, (link("Varda", LinkForm.NAME, "place:Varda", ChainKind.PLACE),), "place:Varda"),
)


def printed(form: str) -> str:
    out = io.StringIO()
    write_mentions(mentions_told(RECORD, CHAINS), form, out)
    return out.getvalue()


def test_what_is_recorded_otherwise_recorded_and_guessed_have_three_marks() -> None:
    marks = {line.split()[-1]: line.split()[0] for line in printed("text").splitlines() if line[2:3] in ("●", "◐", "○")}
    assert marks == {"Kell": "●", "She": "○", "Tosk)": "◐", "Varda": "●"}
    assert "Ilo Tosk  (record: Ilo Tosk)" in printed("text")


def test_text_says_what_a_guess_is_worth_and_which_actor_a_chain_is() -> None:
    told = " ".join(printed("text").split())  # lines break where the terminal ends
    assert "about half are wrong" in told
    assert "Ana Kell person, actor person:kell-ana; 3 phrases, 1 in the record" in told


def test_lines_and_offsets_lead_to_the_words() -> None:
    told = json.loads(printed("json"))
    she = told["chains"][0]["phrases"][1]
    assert (she["line"], TEXT[she["start"] : she["end"]], she["sentence"]) == (2, "She", [LINE, len(TEXT)])
    assert (she["recorded"], she["recorded_as"]) == (False, None)
    assert told["chains"][1]["place"] == "Varda"
    assert told["chains"][1]["actor"] is None


def test_nothing_of_a_report_moves_the_cursor() -> None:
    moved = Chain(ChainKind.PERSON, (link("who\x1b[31m", LinkForm.NOUN),))
    out = io.StringIO()
    write_mentions(mentions_told(RECORD, (moved,)), "text", out)
    assert "\x1b" not in out.getvalue()


def test_a_report_without_chains_says_so() -> None:
    out = io.StringIO()
    write_mentions(mentions_told(RECORD, ()), "text", out)
    assert "No person, organisation or place is told." in out.getvalue()

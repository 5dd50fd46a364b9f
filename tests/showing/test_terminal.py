import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model import Actor, Disagreement, DisagreementKind, Record, Statement, Telling
from onrecord.showing.terminal import make_console, print_story
from tests.showing.builders import FUSION, RECORD, A, B, cell

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def printed(record: Record = RECORD, *, proof: bool = False) -> str:
    out = io.StringIO()
    print_story(record, make_console(out), with_proof=proof)
    return out.getvalue()


def test_the_story_looks_as_it_was_agreed() -> None:
    assert printed(proof=True) == (GOLDEN / "story.txt").read_text(encoding="utf-8")


def test_output_that_is_no_terminal_is_plain_text_without_trailing_blanks() -> None:
    shown = printed()
    assert "\x1b" not in shown
    assert not [line for line in shown.split("\n") if line != line.rstrip()]


@pytest.mark.parametrize("columns", [50, 72, 100, 200])
def test_no_word_is_cut_at_any_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = printed(proof=True)
    assert "…" not in shown
    assert max(map(len, shown.split("\n"))) <= columns
    monkeypatch.setenv("COLUMNS", "400")
    assert sorted(letters(shown)) == sorted(letters(printed(proof=True)))


def letters(shown: str) -> str:
    return "".join(char for char in shown.casefold() if char.isalnum())


def test_only_words_of_the_reports_and_fixed_labels_are_printed() -> None:
    told = " ".join(
        [*(f"{one.text} {one.outlet} {one.source}" for one in RECORD.reports), *(a.name for a in RECORD.actors)]
    )
    labels = (GOLDEN / "labels.txt").read_text(encoding="utf-8")
    assert bare(printed(proof=True)) - bare(told) - bare(labels) == set()


def bare(shown: str) -> set[str]:
    return set(re.findall(r"[^\W\d]+", shown.casefold()))


def test_an_empty_section_is_left_out() -> None:
    shown = printed(replace(RECORD, fusions=(replace(FUSION, demands=(), commitments=(), claims=()),)))
    assert "DEMANDS" not in shown
    assert "STATEMENTS" in shown


def test_several_stories_follow_each_other_with_their_own_reports() -> None:
    small = replace(FUSION.story, reports=(A.id,))
    first = replace(FUSION, story=small, claims=(), copies=(), demands=(), commitments=())
    shown = printed(replace(RECORD, fusions=(first, first)))
    assert shown.count("1 report ·") == 2


def test_many_reports_are_referred_to_instead_of_a_matrix() -> None:
    more = tuple(replace(A, id=f"r{number}", source=f"{number}.txt") for number in range(8))
    shown = printed(replace(RECORD, reports=(*RECORD.reports, *more)))
    assert "· not told" not in shown
    assert shown.split("CLAIMS")[1].split("\n")[1].split() == ["told", "by", "rule"]


def test_escape_sequences_of_a_report_do_not_reach_the_terminal() -> None:
    evil = replace(
        RECORD, reports=tuple(replace(one, outlet="\x1b]0;x\x07Evil", title="\x1b[2J") for one in RECORD.reports)
    )
    assert "\x1b" not in printed(evil, proof=True)


def test_markup_in_a_report_is_shown_as_it_is() -> None:
    named: tuple[Actor, ...] = tuple(replace(one, name="[bold]Ilse[/bold] :smile:") for one in RECORD.actors)
    assert "[bold]Ilse[/bold] :smile:" in printed(replace(RECORD, actors=named))


def test_colour_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[32m" in printed()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in printed()


def test_where_people_met_their_states_stand_apart() -> None:
    marks = next(one for one in RECORD.annotations if one.report == A.id)
    met, *others = marks.events
    both = replace(met, sources=(*met.sources, f"{A.id}.a3"), targets=(f"{A.id}.a4",))
    changed = replace(marks, events=(both, *others))
    rest = tuple(one for one in RECORD.annotations if one.report != A.id)
    shown = printed(replace(RECORD, annotations=(*rest, changed)))
    lines = shown.split("WHO MET")[1].split("\n")[1:4]
    assert lines[0].split("  ")[2] == "Dragan Tolvay and Ilse Marenko"
    assert lines[1].strip() == "also named: Bravonia and Zelmara"


def test_framing_stands_apart_and_says_whose_words_it_is_about() -> None:
    first, *others = FUSION.claims
    values = (Telling("will answer", cell(A, "will answer")), Telling("would answer", cell(B, "would answer")))
    framed = replace(first, disagreements=(Disagreement(DisagreementKind.WORDING, values),))
    shown = printed(replace(RECORD, fusions=(replace(FUSION, claims=(framed, *others)),))).split("DISAGREEMENTS")[1]
    assert "wording is framing, not a contradiction" in shown
    assert shown.index("number · MOBILIZE") < shown.index("wording · Ilse Marenko")


def test_nested_and_inferred_statements_are_labelled() -> None:
    marks = next(one for one in RECORD.annotations if one.report == A.id)
    outer, inner = marks.statements
    changed: Statement = replace(inner, inside=outer.id, inferred=True)
    others = tuple(one for one in RECORD.annotations if one.report != A.id)
    shown = printed(replace(RECORD, annotations=(*others, replace(marks, statements=(outer, changed)))))
    assert "speaker inferred" in shown
    assert "told by Ilse Marenko" in " ".join(shown.split())

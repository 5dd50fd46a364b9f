import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onrecord.model import Anchor, Cause, Change, Judged, Judgement, Record, Span, Verdict
from onrecord.showing.judging import corrected, rejected, value
from onrecord.showing.lists import list_changes, list_judgements, reports_told, write
from onrecord.showing.terminal import make_console, print_story
from tests.showing.builders import FUSION, MARENKO, MARKS_A, RECORD, ZELMARA, A

MADE = datetime(2025, 3, 20, 9, tzinfo=UTC)


def judgement(verdict: Verdict, kind: Judged, mark: str, number: int = 1, **told: Any) -> Judgement:
    spans = (Span(0, 8),)
    anchor = Anchor(0, kind.value, None if kind is Judged.ACTOR else A.id, spans, mark)
    return Judgement(f"j{number}", verdict, kind, (mark,), MADE + timedelta(hours=number), anchors=(anchor,), **told)


def judged(*judgements: Judgement) -> Record:
    return replace(RECORD, judgements=judgements)


def test_nothing_judged_is_the_record_itself() -> None:
    assert corrected(RECORD) is RECORD


def test_a_rejected_mark_is_left_out_and_an_accepted_one_is_back() -> None:
    event = MARKS_A.events[0].id
    no = judgement(Verdict.REJECT, Judged.EVENT, event)
    yes = judgement(Verdict.ACCEPT, Judged.EVENT, event, 2)
    assert event not in {one.id for one in corrected(judged(no)).events()}
    assert event in {one.id for one in corrected(judged(no, yes)).events()}
    assert rejected((no,))
    assert not rejected((no, yes))
    assert not rejected(())


@pytest.mark.parametrize(
    ("kind", "mark", "field", "told"),
    [
        (Judged.EVENT, MARKS_A.events[0].id, "type", "ASSAULT"),
        (Judged.STATEMENT, MARKS_A.statements[0].id, "speakers", ZELMARA.id),
        (Judged.ACTOR, MARENKO.id, "name", "Ilse Marenko-Weiss"),
        (Judged.ACTOR, MARENKO.id, "country", "ZEL"),
    ],
)
def test_the_last_correction_is_shown(kind: Judged, mark: str, field: str, told: str) -> None:
    first = judgement(Verdict.CORRECT, kind, mark, 1, field=field, value="ACCUSE" if field == "type" else "x")
    last = judgement(Verdict.CORRECT, kind, mark, 2, field=field, value=told)
    shown = corrected(judged(first, last))
    things = {one.id: one for some in (shown.statements(), shown.events(), shown.actors) for one in some}
    assert getattr(things[mark], field) == value(kind, field, told)


def test_ledger_and_claims_are_corrected_by_the_marks_that_they_stand_on() -> None:
    kept, demand = FUSION.commitments[0], FUSION.demands[0]
    members = {one.id: one.members[0] for one in FUSION.claims}
    due = judgement(Verdict.CORRECT, Judged.COMMITMENT, members[kept.claim], 1, field="due", value="2025-04-01")
    state = judgement(Verdict.CORRECT, Judged.COMMITMENT, members[kept.claim], 2, field="state", value="kept")
    answer = judgement(Verdict.CORRECT, Judged.DEMAND, members[demand.claim], 3, field="answer")
    status = judgement(Verdict.CORRECT, Judged.CLAIM, members["c1"], 4, field="status", value="single")
    (shown,) = corrected(judged(due, state, answer, status)).fusions
    assert (shown.commitments[0].due, shown.commitments[0].state) == ("2025-04-01", "kept")
    assert shown.demands[0].answer is None
    assert {one.id: one.status for one in shown.claims}["c1"] == "single"


def test_a_story_tells_what_was_decided_in_the_words_it_is_about() -> None:
    told = judgement(Verdict.REJECT, Judged.EVENT, MARKS_A.events[0].id, note="a joke\x1b[31m", author="K. Lund")
    out = io.StringIO()
    print_story(corrected(judged(told)), make_console(out))
    section = out.getvalue().partition("JUDGEMENTS")[2]
    assert "rejected event" in section
    assert "K. Lund" in section
    assert A.text[:8] in section
    assert "\x1b" not in section


def test_judgements_as_gold_have_words_and_hashes() -> None:
    told = judgement(Verdict.CORRECT, Judged.EVENT, MARKS_A.events[0].id, field="type", value="AID", machine="CONSULT")
    lost = replace(told, id="j2", anchors=(replace(told.anchors[0], report="r0", mark=None),))
    out, table = io.StringIO(), io.StringIO()
    write(list_judgements((told, lost), {A.id: A}), "jsonl", out)
    write(list_judgements((told, lost), {A.id: A}), "table", table)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["field"], first["machine"], first["value"]) == ("type", "CONSULT", "AID")
    assert first["places"][0] == {
        "target": 0,
        "kind": "event",
        "mark": MARKS_A.events[0].id,
        "report": A.id,
        "sha256": A.sha256,
        "spans": [[0, 8]],
        "words": A.text[:8],
    }
    assert (second["lost"], second["places"][0]["words"]) == (True, None)
    assert "not in the record" in " ".join(table.getvalue().split())


def change(**told: object) -> Change:
    fields = {"at": MADE, "cause": Cause.READ, "kind": "claim", "id": "c4", "story": "s1"}
    return Change(**{**fields, **told})  # type: ignore[arg-type]


def summary(one: Change) -> str:
    return str(next(iter(list_changes((one,), RECORD).rows))["summary"])


def test_a_changed_claim_tells_status_tellers_and_disagreements() -> None:
    before = {"status": "single", "reports": [A.id], "members": list(FUSION.claims[3].members), "disagreements": []}
    number = {"kind": "number", "values": [{"value": "60000 troop"}, {"value": "40000 troop"}]}
    after = before | {"status": "disputed", "reports": list(FUSION.claims[3].reports), "disagreements": [number]}
    told = summary(change(before=before, after=after))
    assert "single → disputed" in told
    assert "now also told by" in told
    assert "Helvania Today" in told
    assert "new disagreement in number: 40000 troop / 60000 troop" in told
    assert "no longer a disagreement" in summary(change(before=after, after=before))


def test_a_changed_ledger_tells_its_states() -> None:
    one = change(kind="commitment", before={"state": "open", "due": None}, after={"state": "kept", "due": "2025-04-01"})
    assert summary(one) == "state: open → kept; due: none → 2025-04-01"


def test_what_came_and_went_is_told_with_its_words() -> None:
    claim = FUSION.claims[3]
    fields = {"status": "disputed", "reports": list(claim.reports), "members": list(claim.members), "disagreements": []}
    rows = list(list_changes((change(after=fields), change(before=fields, cause=Cause.REMOVED)), RECORD).rows)
    assert [row["change"] for row in rows] == ["new", "gone"]
    assert all("troops" in row["words"] for row in rows)
    assert reports_told((change(after=fields),)) == tuple(sorted(claim.reports))

"""What gives and what withholds are two claims, whatever words they share."""

from pathlib import Path

from onrecord.pipeline import open_book

FREEZES = (
    "Bank of the Rivers may stop loan for Kelm dam\n\nHarbour Courier\n4 March 2031\n\n"
    "Borvia and Cestria lie on one river. The director of the Bank of the Rivers, Mira Solen, "
    "warned that it would freeze the last part of the loan, "
    "90 million crowns, if the reservoir of the Kelm dam was filled without a treaty.\n"
)
PAYS = (
    "Loan for the Kelm dam\n\nMorrow Herald\n4 March 2031\n\nBorvia and Cestria seldom agree on the Kelm dam. "
    "The director of the Bank of the Rivers, Mira Solen, promised that the last part of the loan, "
    "90 million crowns, would be paid once the reservoir had been inspected.\n"
)


def test_a_promise_to_pay_and_a_threat_to_freeze_are_two_claims(tmp_path: Path) -> None:
    for name, text in (("a.txt", FREEZES), ("b.txt", PAYS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with open_book(tmp_path / "record.db") as book:
        book.read([tmp_path / "a.txt", tmp_path / "b.txt"])
        record = book.record()
    text_of = {one.id: one.text for one in record.reports}
    words = {e.id: e.span.of(text_of[e.report]) for marks in record.annotations for e in marks.events}
    words |= {
        s.id: " ".join(span.of(text_of[s.report]) for span in s.content)
        for marks in record.annotations
        for s in marks.statements
    }
    told = [" ".join(words[one] for one in claim.members) for fusion in record.fusions for claim in fusion.claims]
    assert any("freeze" in one for one in told)
    assert any("paid" in one for one in told)
    assert not any("freeze" in one and "paid" in one for one in told)

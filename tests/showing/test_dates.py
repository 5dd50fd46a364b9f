import pytest

from onrecord.showing.dates import readable


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (None, "date not told"),
        ("2025", "2025"),
        ("2025-03", "March 2025"),
        ("2025-03-04", "4 March 2025"),
        ("2025-03-04T16:22", "4 March 2025, 16:22"),
        ("2025-03-04T16:22:10Z", "4 March 2025, 16:22 UTC"),
        ("2025-03-17/2025-03-23", "17 to 23 March 2025"),
        ("2025-02-27/2025-03-02", "27 February to 2 March 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025"),
        ("2025-03-14/2025-03-14", "14 March 2025"),
        ("2025-03/2025-05", "March 2025 to May 2025"),
        ("../2025-03-14", "by 14 March 2025"),
        ("2025-03-14/..", "from 14 March 2025"),
        ("2025-03~", "March 2025 (about)"),
        ("2025-21", "2025-21"),
        ("XXXX-03", "XXXX-03"),
    ],
)
def test_a_date_reads_as_people_write_it(told: str | None, shown: str) -> None:
    assert readable(told) == shown

"""What is joined of stories told by several outlets: the file is read as it says, and joins are counted as they are."""

from collections import Counter
from pathlib import Path

from training.sameness.told import Story, read_stories

from benchmarks import joins
from onrecord.working import steps

TEXT = """# a comment
# story: the sluice | two outlets
## A
[1|Ostrel frees forty smugglers]
[1|Ostrel released forty smugglers from the fortress of Tarn] on Monday, the ministry said.
[-|Rain fell on the fair.]
## B
Tarn empties
[1|Ostrel set free the forty smugglers held in the fortress of Tarn].
[2|Ostrel arrested two boatmen] in Keld on Sunday.
"""


def stories(tmp_path: Path) -> list[Story]:
    path = tmp_path / "told.txt"
    path.write_text(TEXT, encoding="utf-8")
    return list(read_stories(path))


def test_marks_lie_on_their_words_and_lines_are_blocks(tmp_path: Path) -> None:
    (story,) = stories(tmp_path)
    (first, marked), (second, _) = story.reports
    assert [(one.number, one.span.of(first.text)) for one in marked][1:] == [
        ("1", "Ostrel released forty smugglers from the fortress of Tarn"),
        ("-", "Rain fell on the fair."),
    ]
    assert "[" not in first.text
    assert first.title == "Ostrel frees forty smugglers"
    assert (len(first.blocks), len(second.blocks)) == (3, 3)


def test_what_both_tell_is_counted_once_and_found_and_joined(tmp_path: Path) -> None:
    (story,) = stories(tmp_path)
    count = joins.judge(story, steps())
    assert count["told"] == 1
    assert (count["found"], count["joined"], count["wrong"]) == (1, 1, 0)
    assert count["right"] >= 1


def test_the_halves_share_no_story() -> None:
    names = Counter(story.name for half in joins.HALVES for story in joins.stories_of(half))
    assert set(names.values()) == {1}
    assert len(names) == len(list(read_stories()))

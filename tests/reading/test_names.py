import pytest

from onrecord.reading.names import bare_names, field_names, find_byline, is_role


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Lind", ("Mara Lind",)),
        ("BY MARA LIND", ("MARA LIND",)),
        ("by Mara Lind and Jonas Okoro", ("Mara Lind", "Jonas Okoro")),
        ("By Mara Lind, Jonas Okoro and C. D. Voss", ("Mara Lind", "Jonas Okoro", "C. D. Voss")),
        ("By Mara Lind in Vareni", ("Mara Lind",)),
        ("By Mara Lind | Northwire", ("Mara Lind",)),
        ("By Mara Lind, Diplomatic Editor", ("Mara Lind",)),
        ("Written by Mara de Vries", ("Mara de Vries",)),
        ("By: Séamus O’Daly", ("Séamus O’Daly",)),
        ("By Anne-Marie al-Hadi - 4 May 2031", ("Anne-Marie al-Hadi",)),
        ("By Northwire Staff", ()),
        ("By Our Correspondent", ()),
        ("By Reuters", ()),
    ],
)
def test_a_byline_gives_its_names_and_no_desk(line: str, names: tuple[str, ...]) -> None:
    found = find_byline(line)
    assert found is not None
    assert found.names == names
    if names:
        assert line[found.start : found.end].startswith(names[0])


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the talks had ended.",
        "By the river, two men waited.",
        "By signing up you agree to our terms.",
        "By Mara Lind's count the army has lost forty tanks since the spring began.",
        "Bystanders ran",
        "Mara Lind",
        "By",
    ],
)
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    assert find_byline(line) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mara Lind", ("Mara Lind",)),
        ("Mara Lind and Jonas Okoro", ("Mara Lind", "Jonas Okoro")),
        ("Mara Lind, Economics Editor", ("Mara Lind",)),
        ("Mara Lind in Vareni", ("Mara Lind",)),
        ("Vareni Herald", ()),
        ("Talks resume", ()),
        ("Breaking News", ()),
        ("Mara", ()),
        ("January Talks", ()),
    ],
)
def test_a_line_of_names_alone(line: str, names: tuple[str, ...]) -> None:
    assert bare_names(line) == names


def test_offices_are_no_names() -> None:
    assert is_role("Diplomatic correspondent")
    assert not is_role("The correspondent was hurt, the army said.")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Mara Lind; Jonas Okoro", ("Mara Lind", "Jonas Okoro")),
        (["Mara Lind", "Mara Lind", 7, None], ("Mara Lind",)),
        ("By MARA LIND, Northwire", ("MARA LIND",)),
        ("https://gazette.example/mara", ()),
        (None, ()),
        ({"name": "Mara Lind"}, ()),
        ("Reuters Staff", ()),
    ],
)
def test_authors_of_a_metadata_field(value: object, names: tuple[str, ...]) -> None:
    assert field_names(value) == names

from benchmarks.actors import SET, b_cubed, marked_reports, resolved


def test_the_mark_up_is_taken_out_of_the_text() -> None:
    for report, mentions in marked_reports(SET):
        assert not {"[", "]", "|"} & set(report.text)
        assert [one.span.of(report.text) for one in mentions] == [one.words for one in mentions]


def test_actor_resolution_keeps_its_floor() -> None:
    precision, recall = b_cubed(resolved(SET))
    assert precision >= 0.97
    assert recall >= 0.87


def test_actor_resolution_keeps_its_floor_on_what_was_held_back() -> None:
    precision, recall = b_cubed(resolved(SET.with_name("actors_held.txt")))
    assert precision >= 0.88
    assert recall >= 0.87

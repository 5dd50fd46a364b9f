"""A ceiling is never below the likelihood, and marks of copies are told from all others."""

from itertools import combinations

from onrecord.fusing.ceilings import Ceilings
from onrecord.fusing.copies import origins
from onrecord.fusing.sameness import features, likelihood
from onrecord.fusing.scene import prepare
from onrecord.fusing.tellings import Telling, Tellings
from tests.fusing.quarrel import all_three


def told() -> dict[str, Telling]:
    writers = all_three()
    reports = [one.report() for one in writers]
    scene = prepare(reports, [one.marks() for one in writers], {}, origins(reports, ()))
    tellings = Tellings(scene)
    return {mark: tellings.of(mark) for mark in (*scene.statements, *scene.events)}


def test_no_pair_is_likelier_than_its_ceiling() -> None:
    tellings = told()
    ceilings = Ceilings(tellings.values())
    pairs = [(a, b) for a, b in combinations(sorted(tellings), 2) if tellings[a].report != tellings[b].report]
    assert pairs
    for a, b in pairs:
        assert ceilings.of(a, b) >= likelihood(features(tellings[a], tellings[b]))


def test_most_pairs_of_different_things_are_ruled_out_unscored() -> None:
    tellings = told()
    ceilings = Ceilings(tellings.values())
    found = [ceilings.of(a, b) for a, b in combinations(sorted(tellings), 2)]
    assert sum(one < 0.1 for one in found) > len(found) / 2


def test_a_score_is_that_of_the_pair_asked_for() -> None:
    tellings = told()
    ceilings = Ceilings(tellings.values())
    for a, b in combinations(sorted(tellings), 2):
        found = features(tellings[a], tellings[b])
        assert ceilings.scored(a, b) == (likelihood(found), found)

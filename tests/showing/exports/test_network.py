import io
import json
from dataclasses import replace

import networkx
import pytest

from onrecord.model import Claim, Record
from tests.showing.builders import BRAVONIA, FUSION, MARENKO, RECORD, TOLVAY, ZELMARA
from tests.showing.exports.hostile import RECORDS, exported


def graph(*records: Record) -> "networkx.MultiDiGraph[str]":
    found = networkx.read_gexf(io.BytesIO(exported("gexf", *records)))
    assert found.is_directed()
    return networkx.MultiDiGraph(found)


def test_who_met_whom_has_an_edge_in_each_direction() -> None:
    found = graph(RECORD)
    for one, other in ((MARENKO, TOLVAY), (TOLVAY, MARENKO)):
        (edge,) = found[one.id][other.id].values()
        assert (edge["kind"], edge["modality"], edge["weight"], edge["tellings"]) == ("met", "actual", 1, 3)
        assert (edge["first"], edge["last"]) == ("2025-03-14", "2025-03-14")


def test_who_addressed_whom_has_typed_edges() -> None:
    found = graph(RECORD)
    kinds = {(source, target, edge["kind"]) for source, target, edge in found.edges(data=True)}
    assert {
        (BRAVONIA.id, ZELMARA.id, "REQUEST"),
        (BRAVONIA.id, ZELMARA.id, "demand"),
        (MARENKO.id, ZELMARA.id, "promise"),
    } <= kinds


def test_nodes_are_actors_with_their_names() -> None:
    found = graph(RECORD)
    assert found.nodes[MARENKO.id]["label"] == "Ilse Marenko"
    assert {node["kind"] for _, node in found.nodes(data=True)} == {"person", "state"}


def test_claims_of_several_stories_weigh_together() -> None:
    again: tuple[Claim, ...] = tuple(replace(one, id=f"{one.id}b") for one in FUSION.claims)
    other = replace(FUSION, story=replace(FUSION.story, id="s9"), claims=again, demands=(), commitments=())
    found = graph(RECORD, replace(RECORD, fusions=(other,)))
    (edge,) = found[MARENKO.id][TOLVAY.id].values()
    assert (edge["weight"], edge["claims"], edge["tellings"]) == (2, 2, 6)


@pytest.mark.parametrize("record", [Record(), RECORDS[1]])
def test_any_record_is_a_graph(record: Record) -> None:
    nodes = {one.id for one in record.actors}
    assert set(graph(record).nodes) <= nodes | {"state:zelmara"} | {
        one.id for marks in record.annotations for one in marks.entities
    }
    assert json.dumps(sorted(graph(record).edges)) is not None


def test_the_order_of_the_records_changes_nothing() -> None:
    assert exported("gexf", *RECORDS[::-1]) == exported("gexf")

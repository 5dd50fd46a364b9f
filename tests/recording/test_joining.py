from dataclasses import replace

import pytest

from onrecord.errors import UsageError
from onrecord.model import Actor, ActorKind, Annotation, Entity, Likeness, Mention, Signature, Span
from onrecord.recording import Store
from tests.recording.filling import new_store, report_of


def added(store: Store, name: str, day: str | None, *terms: str) -> Signature:
    report = report_of(f"Report {name}.")
    signature = Signature(report.id, day, None, tuple((term, 0.1) for term in terms))
    store.add_report(report, signature)
    return signature


def test_candidates_share_terms_and_days() -> None:
    with new_store() as store:
        asked = added(store, "asked", "2031-05-10", "grain", "port", "envoy")
        near = added(store, "near", "2031-05-12", "grain", "port")
        nearer = added(store, "nearer", "2031-05-08", "grain", "port", "envoy")
        undated = added(store, "undated", None, "port", "envoy")
        added(store, "late", "2031-05-13", "grain", "port", "envoy")
        added(store, "other", "2031-05-10", "grain", "snow")
        found = store.signatures_sharing(asked, days=2, terms=2)
        assert {one.report for one in found} == {near.report, nearer.report, undated.report}
        assert store.signatures_sharing(asked, days=2, terms=3) == (nearer,)
        assert store.signatures_sharing(asked, days=2, terms=2, limit=1) == (nearer,)
        assert len(store.signatures_sharing(undated, days=2, terms=2)) == 3
        assert store.signatures_sharing(replace(asked, terms=()), days=2, terms=1) == ()
        store.remove_report(nearer.report)
        assert store.signatures_sharing(asked, days=2, terms=3) == ()


def test_asking_for_candidates_looks_at_near_days_only() -> None:
    with new_store() as store:
        asked = added(store, "asked", "2031-05-10", "grain", "port")
        connection = store._engine.connect()
        from onrecord.recording.joining import signatures_sharing

        statements: list[str] = []
        from sqlalchemy import event

        event.listen(store._engine, "before_cursor_execute", lambda c, cur, sql, p, ctx, many: statements.append(sql))
        signatures_sharing(connection, asked, days=2, terms=1, limit=None)
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT number FROM signature_term WHERE term IN ('a', 'b') AND day BETWEEN 1 AND 2"
        ).all()
        connection.close()
        assert any("term=? AND day>? AND day<?" in str(step) for step in plan)
        assert any("BETWEEN" in sql for sql in statements)


def test_neighbours_are_told_from_both_sides() -> None:
    with new_store() as store:
        a, b, c, d = sorted(added(store, name, None).report for name in "abcd")
        store.add_likenesses([Likeness(a, c, 0.1), Likeness(b, c, 0.2)])
        assert store.neighbours([a, d]) == {a: [(c, 0.1)], d: []}
        assert sorted(store.neighbours([c])[c]) == [(a, 0.1), (b, 0.2)]
        store.add_likenesses([Likeness(a, c, 0.9)])
        assert store.neighbours([a]) == {a: [(c, 0.9)]}
        with pytest.raises(UsageError, match="order"):
            store.add_likenesses([Likeness(b, a, 0.5)])


def one_entity(store: Store, name: str, block: str) -> Entity:
    report = report_of(f"{name} of Kelm spoke.")
    entity = Entity(f"{report.id}.a1", name, ActorKind.PERSON, (Mention(Span(0, 3), "name"),))
    store.add_report(report)
    store.annotate(Annotation(report.id, entities=(entity,)), {entity.id: block})
    return entity


def actor(name: str, *entities: Entity) -> Actor:
    return Actor(name, name, ActorKind.PERSON, None, (), ("x",), tuple(sorted(one.id for one in entities)))


def test_only_reports_whose_actor_changed_wait_again() -> None:
    with new_store() as store:
        first, second = one_entity(store, "Ann Oda", "oda"), one_entity(store, "Oda", "oda")
        both = tuple(sorted([first.id[:17], second.id[:17]]))
        assert store.blocks_of(both) == store.unjoined() == ("oda",)
        assert set(store.entities_in_blocks(["oda"])) == {first, second}
        assert store.replace_actors(["oda"], [actor("person:ann", first), actor("person:oda", second)]) == both
        assert store.unjoined() == ()
        store.replace_fusions(both, [])
        assert store.unfused() == ()
        assert store.replace_actors(["oda"], [actor("person:ann", first, second)]) == (second.id[:17],)
        assert store.unfused() == (second.id[:17],)
        assert [one.id for one in store.record().actors] == ["person:ann"]
        assert store.replace_actors(["oda"], [actor("person:ann", first, second)]) == ()


def test_an_actor_stays_within_its_blocks() -> None:
    with new_store() as store:
        oda, lund = one_entity(store, "Ann Oda", "oda"), one_entity(store, "Bo Lund", "lund")
        with pytest.raises(UsageError, match="none of oda"):
            store.replace_actors(["oda"], [actor("person:x", oda, lund)])
        store.replace_actors(["oda"], [actor("person:x", oda)])
        with pytest.raises(UsageError, match="another block, 'oda'"):
            store.replace_actors(["lund"], [actor("person:x", lund)])
        assert store.unjoined() == ("lund",)

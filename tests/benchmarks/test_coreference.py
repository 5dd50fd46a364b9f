from benchmarks.coreference import METRICS, Clusters, b_cubed, ceaf_e, keyed, muc

A, B, C, D, E, F, G = ((n, n + 1) for n in range(7))


def clusters(*groups: tuple[tuple[int, int], ...]) -> Clusters:
    return [frozenset(group) for group in groups]


def test_the_same_clusters_score_one_and_none_score_zero() -> None:
    gold = clusters((A, B, C), (D, E))
    for _, metric in METRICS:
        assert metric(gold, gold).f1 == 1.0
        assert metric(gold, []).f1 == 0.0


def test_the_example_of_the_papers() -> None:
    # Pradhan et al. 2014, "Scoring coreference partitions of predicted mentions": key {a,b,c}, {d,e,f,g};
    # response {a,b}, {c,d}, {f,g,h,i}, without c alone
    gold = clusters((A, B, C), (D, E, F, G))
    found = clusters((A, B), (C, D), (F, G, (7, 8), (8, 9)))
    assert round(muc(gold, found).f1, 4) == 0.4
    assert round(b_cubed(gold, found).f1, 4) == 0.4545
    assert round(ceaf_e(gold, found).f1, 4) == 0.52


def test_mentions_may_match_by_head_word() -> None:
    whole, head = (0, 9), (4, 9)
    assert keyed([(whole, head, "x"), ((20, 22), (20, 22), "x"), ((30, 32), (30, 32), "y")], by_head=True) == [
        frozenset({head, (20, 22)})
    ]

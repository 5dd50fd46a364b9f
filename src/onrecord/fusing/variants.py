"""How each wording of an utterance relates to the fullest one."""

from onrecord.fusing.alignment import longest_run, wording
from onrecord.fusing.scene import Scene, Token
from onrecord.model import Statement, StatementKind, Variant, VariantKind

#: Share of a quotation's words in a run, from which it is word for word but for marks and grammar.
_VERBATIM = 0.95


def variants_of(scene: Scene, hub: str, members: list[str]) -> tuple[Variant, ...]:
    """Each other member compared with the fullest (`hub`), sorted by member."""
    against = scene.statements.get(hub)
    if against is None:
        return ()
    return tuple(
        Variant(member, hub, kind_of(scene, scene.statements[member], against))
        for member in sorted(members)
        if member != hub and member in scene.statements
    )


def kind_of(scene: Scene, member: Statement, hub: Statement) -> VariantKind:
    """Verbatim, cut (a part, word for word), reworded or translated, or indirect speech."""
    a, b = (scene.tokens(one.report, one.content) for one in (member, hub))
    forms, other = [token.form for token in a], [token.form for token in b]
    if forms == other:
        return VariantKind.VERBATIM
    if _quoted_part(a, b):
        return VariantKind.CUT
    if member.kind is StatementKind.INDIRECT or hub.kind is StatementKind.INDIRECT:
        return VariantKind.INDIRECT
    return VariantKind.REWORDED


def _quoted_part(a: tuple[Token, ...], b: tuple[Token, ...]) -> bool:
    """Whether the shorter one's quoted words stand in the longer one as they are."""
    quoted = tuple(token for token in a if token.quoted) or a
    if len(quoted) < 2:
        return False
    return longest_run(wording(quoted), wording(b)).words >= _VERBATIM * len(quoted)

"""Whom the reports of one story name by office only: "the Vardan foreign minister" in one is Kell in another."""

from collections.abc import Mapping, Sequence

from onrecord.model import Actor, ActorKind, Annotation, Entity

#: Offices that one person of a country holds at a time, beside all ministers and secretaries.
_SINGLE = frozenset(
    "president, prime minister, chancellor, king, queen, emir, sultan, pope, secretary of state, secretary-general, "
    "supreme leader, head of state, head of government, crown prince, foreign policy chief, chief negotiator, "
    "army chief, parliament speaker, national security adviser".split(", ")
)
_ENDINGS = (" minister", " secretary")
_NOT_SINGLE = ("deputy ", "former ", "vice ", "junior ", "shadow ", "assistant ")
#: Whom a word for any head of a state or a government may mean.
_CALLED = {
    "leader": frozenset(("president", "prime minister", "chancellor", "king", "queen", "supreme leader", "emir")),
    "premier": frozenset(("prime minister",)),
    "head of state": frozenset(("president", "king", "queen", "emir", "sultan")),
    "head of government": frozenset(("prime minister", "chancellor")),
    "top diplomat": frozenset(("foreign minister", "secretary of state", "foreign secretary")),
}

_Office = tuple[str, str | None]


def with_holders(annotations: Sequence[Annotation], actor_of: Mapping[str, Actor]) -> dict[str, Actor]:
    """The actor of each entity, where a person whom a report tells by office only is who holds it in the story.

    That holds for reports of one happening, some days apart; over an archive offices change hands. One who is named
    with the office must be the only one, and nobody's entity is touched that a report names.

    Args:
        annotations: of one story's reports.
        actor_of: the actor of each of their entities; it is not changed.
    """
    holders: dict[_Office, dict[str, Actor]] = {}
    told: list[Entity] = []
    for entity in (one for marks in annotations for one in marks.entities):
        actor = actor_of.get(entity.id)
        if entity.kind is not ActorKind.PERSON or actor is None:
            continue
        if not _named(entity):
            if actor.name == entity.name and len(actor.entities) <= 1:  # else an analyst said who it is
                told.append(entity)
            continue
        for role in entity.roles:
            if _single(role.title):
                holders.setdefault((role.title, role.country), {})[actor.id] = actor
    found = dict(actor_of)
    for entity in told:
        offices = _offices(entity)
        meant = {id_: actor for office in offices for id_, actor in holders.get(office, {}).items()}
        if not meant:
            # "Defence Minister Kell" in Varda's own papers; the one who may be Varda's, if nobody else may.
            meant = {
                id_: actor
                for title, country in offices
                for id_, actor in holders.get((title, None), {}).items()
                if actor.country in (None, country)
            }
        if len(meant) == 1:
            found[entity.id] = next(iter(meant.values()))
    return found


def _named(entity: Entity) -> bool:
    return bool(entity.aliases) or any(mention.form == "name" for mention in entity.mentions)


def _single(title: str) -> bool:
    return (title in _SINGLE or title.endswith(_ENDINGS)) and not title.startswith(_NOT_SINGLE)


def _offices(entity: Entity) -> list[_Office]:
    """The offices that its only role stands for; none without a country, but for an organisation's head."""
    if len(entity.roles) != 1:
        return []
    (role,) = entity.roles
    if role.country is None and role.title not in ("secretary-general", "pope"):
        return []
    titles = sorted(_CALLED.get(role.title, frozenset((role.title,) if _single(role.title) else ())))
    return [(title, role.country) for title in titles]


__all__ = ["with_holders"]

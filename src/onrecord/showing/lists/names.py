"""Finding actors by what a user types."""

from onrecord.model import Actor


def is_meant(wanted: str, actor: Actor | None, told: str) -> bool:
    """Whether `wanted` stands in one of the actor's names, in any case; or in the told name where there is no actor.

    >>> is_meant("marenko", None, "Ilse Marenko")
    True
    """
    names = (told,) if actor is None else (actor.id, actor.name, *actor.aliases)
    return any(wanted.casefold() in name.casefold() for name in names)


__all__ = ["is_meant"]

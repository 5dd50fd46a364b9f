"""Whether "it" stands for a clause or for someone who acts."""

from onrecord.annotating.actors.references import SAYING, Reference
from onrecord.annotating.actors.words import Passage

#: Verbs that join "it" to what is said of it.
LINKING = frozenset("be seem appear remain prove happen become take".split())
_AGENTIVE = frozenset(
    "say deny plan accuse want have intend seek reject agree demand hope believe think consider invade attack impose "
    "announce call warn claim support back oppose condemn expect need try decide refuse send deploy withdraw offer "
    "pledge promise face hold keep remain prepare threaten insist declare urge vow do use take make give respond "
    "answer fear see launch carry fight sign cut stop resume suspend mean act know feel blame regard view would".split()
)
#: Verbs of what only somebody can do.
DOING = _AGENTIVE | SAYING
_SAID_OF_DOERS = frozenset(
    "forced ready willing prepared obliged compelled determined able unable unwilling reluctant free committed open "
    "keen going eager bound entitled allowed set due asked urged told invited expecting".split()
)


def expletive(passage: Passage, reference: Reference) -> bool:
    """Whether "it" stands for a clause: "it is clear that", "it remains to be seen"."""
    words = passage.words[reference.last : reference.last + 9]
    verb = next((at for at, word in enumerate(words) if word.lemma in LINKING), len(words))
    if verb > 2:
        return False
    follow = words[verb + 1 : verb + 6]
    return any(word.lower in ("that", "to", "for", "whether", "how", "who", "if", "what") for word in follow)


def of_a_doer(passage: Passage, reference: Reference) -> bool:
    """Whether what is said of "it" is said of someone who acts: "it would be forced to", "it was ready to"."""
    words = passage.words[reference.last : reference.last + 6]
    after = next((at + 1 for at, word in enumerate(words) if word.lemma in LINKING), len(words))
    while after < len(words) and words[after].tag == "RB":
        after += 1
    return after < len(words) and words[after].lower in _SAID_OF_DOERS


__all__ = ["DOING", "LINKING", "expletive", "of_a_doer"]

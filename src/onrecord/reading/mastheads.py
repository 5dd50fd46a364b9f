"""Names of outlets that no lexicon knows: by the words that newspapers, agencies and broadcasters call themselves."""

import re
from collections.abc import Iterable

from onrecord.reading.features import fold

#: What an outlet's name ends with ("The Vareni Herald", "Ostrel Broadcasting Corporation").
_LAST = frozenset(
    "advertiser broadcasting bulletin chronicle courier dispatch echo examiner gazette globe guardian herald "
    "independent inquirer journal ledger mail mercury messenger mirror monitor news newspaper observer post press "
    "radio record recorder register reporter sentinel standard star telegraph television times tribune tv wire".split()
)
_ENDS = re.compile(
    r"(?:news|press|telegraph|information) agency$|broadcasting (?:corporation|company|service|authority)$|"
    r"(?:television|radio|news|media) (?:service|network|channel|group|online)$|news \d{1,2}$"
)
#: Those that are a whole name with an article.
_ALONE = frozenset(
    "advertiser chronicle courier examiner gazette globe guardian herald independent journal ledger mercury mirror "
    "observer post scotsman standard star sun telegraph times tribune".split()
)
#: What makes such words the name of a page's section, a button or a plain phrase.
_SECTION = frozenset(
    "a about all also an and any at breaking business by click daily editor's entertainment environment european fake "
    "featured follow for foreign from full get good government health home in international latest letters live local "
    "media more morning most my national new of on opinion other our political politics popular read recent regional "
    "related report science see send share sign sport sports state subscribe tech technology the today today's top "
    "travel trending uk us video videos view watch weather world your".split()
)
#: Shorter names in capitals are initials, which stay as they are.
_INITIALS = 4
_WORD = re.compile(r"[^\W\d_][\w.&’'-]*|\d{1,2}")


def names_outlet(line: str) -> bool:
    """Whether a line is nothing but what looks like an outlet's name.

    >>> names_outlet("The Vareni Herald"), names_outlet("Ostrellian State News Agency"), names_outlet("HALDEN NEWS")
    (True, True, True)
    >>> names_outlet("World News"), names_outlet("Talks end in the Post"), names_outlet("Herald")
    (False, False, False)
    >>> names_outlet("THE TIMES"), names_outlet("The Press")
    (True, False)
    """
    if len(line) > 60:
        return False
    words = line.split()
    articled = words[:1] in (["The"], ["THE"])
    if articled and len(words) == 2:
        return words[1].lower() in _ALONE and words[1][0].isupper()
    words = words[articled:]
    if not 2 <= len(words) <= 6 or not all(map(_WORD.fullmatch, words)):
        return False
    if not all(word[0].isupper() or word[0].isdigit() or word in {"of", "and", "the"} for word in words):
        return False
    low = [word.lower() for word in words]
    if low[-1] not in _LAST and _ENDS.search(" ".join(low)) is None:
        return False
    named = [word for word in low[:-1] if word not in _SECTION]
    # "Top Morning News" names nothing; "Daily Herald" is a name, but so is many a section
    return bool(named) and low[0] not in _SECTION - {"daily", "international", "morning", "national", "new", "state"}


def as_printed(name: str, texts: Iterable[str]) -> str:
    """A name in capitals throughout as the page's other lines print it, if one of them does so otherwise.

    >>> as_printed("HALDEN NEWS", ["Mara Lind, Halden News, Vareni"])
    'Halden News'
    """
    if not name.isupper() or len(name) <= _INITIALS:
        return name
    wanted = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)", re.I)
    for text in texts:
        for match in wanted.finditer(text):
            if not match.group().isupper() and not match.group().islower():
                return match.group()
    return name

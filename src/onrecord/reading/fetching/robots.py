"""What a site's robots.txt allows (RFC 9309)."""

from dataclasses import dataclass
from urllib.parse import quote

from protego import Protego

from onrecord.reading.fetching.settings import AGENT

#: RFC 9309 asks crawlers to heed at least 500 KiB; the rest of a longer one is fetched, up to so much, and left aside.
HEEDED_BYTES = 512_000
MAX_BYTES = 5_000_000
#: A longer Crawl-delay would make a round of one host last days; sites that want that can say Disallow.
_LONGEST_DELAY_S = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host for this program.

    Attributes:
        parsed: of its robots.txt, None where there is none.
        delay_s: the pause that it asks for between two requests.
    """

    parsed: Protego | None = None
    delay_s: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether a path with its query may be fetched."""
        return self.parsed is None or bool(self.parsed.can_fetch(quote(path, safe="/?&=%#:;,+@!$'()*~-._[]|"), AGENT))


def parse_rules(content: bytes) -> Rules:
    r"""The rules of a robots.txt; what can't be understood in it allows.

    >>> rules = parse_rules(b"User-agent: *\nDisallow: /private\nCrawl-delay: 5")
    >>> rules.allow("/news/1"), rules.allow("/private/1"), rules.delay_s
    (True, False, 5.0)
    """
    if len(content) > HEEDED_BYTES:  # a rule that is cut in two may close more than it says
        content = content[:HEEDED_BYTES].rpartition(b"\n")[0]
    parsed = Protego.parse(content.decode("utf-8", "replace"))
    return Rules(parsed, min(float(parsed.crawl_delay(AGENT) or 0.0), _LONGEST_DELAY_S))

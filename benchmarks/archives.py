"""How fast web archives are read: records before anything is read out of them, and whole reports; and the memory.

    python -m benchmarks.archives [--records N] [--reports N]

The archive is made of this file's own sentences: pages of some 30 kB as news sites serve them, each a gzip member of
its own, with the request and metadata records that crawlers write. `fastwarc` is the library alone, for the cost of
what onrecord adds.
"""

import argparse
import gzip
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from onrecord.reading import ReadSettings
from onrecord.reading.archives import archived_pages, read_archive

_SENTENCES = (
    "The ministers of {a} and {b} met in {c} on {d} and spoke for {n} hours about the river road.",
    "“We want it in writing,” the envoy of {a} told reporters in {c}.",
    "{b} has moved {n},000 troops to the border, but denies that it plans to attack its neighbour.",
    "A spokesman for {a} said on {d} that the talks would go on in {c} next week.",
)
_PLACES = ("Ostrel", "Varda", "Tarvia", "Helvania", "Morrow", "Oskavar", "Kelm", "Sarn", "Grenno", "Pellin")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_CHROME = "".join(
    f'<li class="menu-item level-{n % 3}"><a href="/section/{n}">Section {n}</a></li>' for n in range(220)
)


def page(chance: random.Random, number: int) -> bytes:
    """A page with the furniture of a news site around 30 paragraphs."""
    paragraphs = []
    for _ in range(30):
        a, b, c = chance.sample(_PLACES, 3)
        words = chance.choice(_SENTENCES).format(a=a, b=b, c=c, d=chance.choice(_DAYS), n=chance.randint(2, 90))
        paragraphs.append(f"<p>{words}</p>")
    head = f"<title>Talks, day {number}</title><meta property='og:site_name' content='The Morrow Herald'>"
    script = "<script>" + "var a = 1;" * 600 + "</script>"
    body = f"<nav><ul>{_CHROME}</ul></nav><article><h1>Talks, day {number}</h1>{''.join(paragraphs)}</article>"
    return f"<!doctype html><html><head>{head}{script}</head><body>{body}</body></html>".encode()


def record(kind: str, number: int, content: bytes) -> bytes:
    """A record of an archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://morrow.example/{number}\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def write_archive(path: Path, pages: int) -> None:
    """An archive with three records a page: request, response, metadata."""
    chance = random.Random(8)
    with path.open("wb") as out:
        for number in range(pages):
            body = page(chance, number)
            served = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            asked = b"GET /%d HTTP/1.1\r\nHost: morrow.example\r\n\r\n" % number
            for kind, content in (("request", asked), ("response", served), ("metadata", b"fetchTimeMs: 12")):
                out.write(gzip.compress(record(kind, number, content), 6))


def library(path: Path) -> Iterator[int]:
    """The library alone: pages as it finds and parses them."""
    with path.open("rb") as stream:
        for n, item in enumerate(ArchiveIterator(stream), start=1):
            item.reader.read()
            yield n


def records(path: Path) -> Iterator[int]:
    """Records as onrecord takes them out, before extraction; three for each page."""
    with path.open("rb") as stream:
        for n, _ in enumerate(archived_pages(stream, str(path), 10_000_000), start=1):
            yield n * 3


def reports(path: Path) -> Iterator[int]:
    """Reports, extraction and blocks included."""
    with path.open("rb") as stream:
        for n, _ in enumerate(read_archive(stream, str(path), ReadSettings()), start=1):
            yield n


def measured(work: Callable[[Path], Iterator[int]], path: Path) -> tuple[int, float, float]:
    """How many, in how many seconds of CPU time, and the peak memory in MiB."""
    began = time.process_time()
    done = max(work(path), default=0)
    return done, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=30_000, help="of the archive that is only walked")
    parser.add_argument("--reports", type=int, default=300, help="pages of the archive that is read")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.warc.gz"), Path(folder, "small.warc.gz")
        write_archive(large, chosen.records // 3)
        write_archive(small, chosen.reports)
        print(f"{'pass':<28}{'done':>9}{'per CPU s':>11}{'peak MiB':>10}")
        passes = (("fastwarc alone, records", library, large), ("records", records, large), ("reports", reports, small))
        for name, work, path in passes:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                done, cpu_s, peak = alone.submit(measured, work, path).result()
            print(f"{name:<28}{done:>9,}{done / max(cpu_s, 1e-9):>11,.0f}{peak:>10,.0f}")
        print(f"\n{large.stat().st_size / 1e6:,.0f} MB packed, {chosen.records:,} records, 1 of 3 holds a page")


if __name__ == "__main__":
    main()

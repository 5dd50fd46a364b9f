"""How fast reports are annotated and fused, as a ratio to plain spaCy on the same texts in the same run.

    python -m benchmarks.speed [PATH...] [--reports N]

Without paths the example reports are read. Figures on a shared machine vary; the ratio does not much.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onrecord
from onrecord import fusing
from onrecord.annotating.parse import parse, spacy_small
from onrecord.model import Annotation, Report
from onrecord.pipeline import steps
from onrecord.reading import read

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"


def cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of this process that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def spacy_cpu_s(reports: list[Report]) -> float:
    """CPU seconds of the whole of en_core_web_sm on the plain texts, one by one: the reference."""
    nlp = spacy_small()
    nlp("A warm-up sentence.")
    return cpu_s(lambda: [nlp(report.text[: nlp.max_length]) for report in reports])


def stage_cpu_s(reports: list[Report]) -> dict[str, float]:
    """CPU seconds of the parse and of each stage, over all the reports."""
    stages = steps()
    spent = {"parse": 0.0, **{step.yields: 0.0 for step in stages}}
    for report in reports:
        started = time.process_time()
        parsed, marks = parse(report), Annotation(report.id)
        spent["parse"] += time.process_time() - started
        for step in stages:
            started = time.process_time()
            marks = step.stage(report, parsed, marks)
            spent[step.yields] += time.process_time() - started
    return spent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[EXAMPLES])
    parser.add_argument("--reports", type=int, default=40, help="at most this many")
    chosen = parser.parse_args()
    reports = [item for item in read(chosen.paths) if isinstance(item, Report)][: chosen.reports]
    words = sum(len(report.text.split()) for report in reports)
    print(f"{len(reports)} reports, {words} words")
    stage_cpu_s(reports[:2])  # loads the models
    reference = spacy_cpu_s(reports)
    print(f"{'plain spaCy':16}{reference:8.2f} s  ratio 1.00")
    stages = stage_cpu_s(reports)
    for name, seconds in stages.items():
        print(f"{name:16}{seconds:8.2f} s  ratio {seconds / reference:.2f}")
    whole = sum(stages.values())
    print(f"{'annotating':16}{whole:8.2f} s  ratio {whole / reference:.2f}")
    signing = cpu_s(lambda: [fusing.sign(report) for report in reports])
    print(f"{'signing':16}{signing:8.2f} s  ratio {signing / reference:.2f}")
    with tempfile.TemporaryDirectory() as folder, onrecord.open(Path(folder) / "speed.db") as book:
        every = cpu_s(lambda: book.read(chosen.paths))
        print(f"{'read, all of it':16}{every:8.2f} s  ratio {every / reference:.2f}")


if __name__ == "__main__":
    main()

"""Run as a program: a PDF on standard input, its text boxes as JSON on standard output.

It stands alone: the parent starts it by its path (see `child`), so that nothing but pdfminer is imported.
"""

import io
import json
import sys
from contextlib import suppress
from typing import Any

MEMORY_BYTES = 1_500_000_000
CPU_S = 60
MOST_PAGES = 400
#: More characters than this are no report; they would only have to be carried to the parent.
MOST_CHARACTERS = 5_000_000


def _limit() -> None:
    """Let the system end this process when it takes too much."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits: the parent's time-out remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _boxes(content: bytes) -> dict[str, Any]:
    """The boxes of each page as [text, top, height of the page], in reading order."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    pages: list[list[tuple[str, float]]] = []
    characters = 0
    try:
        for page in extract_pages(io.BytesIO(content), laparams=LAParams(all_texts=False)):
            if len(pages) == MOST_PAGES:
                return {"problem": f"it has more than {MOST_PAGES} pages", "cause": "oversized"}
            found = [
                (box.get_text(), round(box.y1 / (page.height or 1), 3)) for box in page if isinstance(box, LTTextBox)
            ]
            characters += sum(len(text) for text, _ in found)
            if characters > MOST_CHARACTERS:
                return {"problem": f"it holds more than {MOST_CHARACTERS} characters", "cause": "oversized"}
            pages.append(found)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return {"problem": "it is encrypted", "cause": "forbidden"}
    except MemoryError:
        return {"problem": "it takes too much memory", "cause": "oversized"}
    except Exception as error:  # noqa: BLE001 - damaged PDFs fail in every way, and all of them mean one thing
        return {
            "problem": f"it is no PDF that can be read ({type(error).__name__}: {str(error)[:80]})",
            "cause": "malformed",
        }
    if not pages:
        return {"problem": "it has no pages", "cause": "malformed"}
    return {"pages": pages}


def main() -> None:
    """Answer for one PDF."""
    _limit()
    answer = json.dumps(_boxes(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(answer.encode())


if __name__ == "__main__":
    main()

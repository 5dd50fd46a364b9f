"""Write the reference anew: `python -m docs.generate`; with `--sessions` also the output shown in the pages.

The reference is made of the code: the command line of the Typer app, the Python surface of the docstrings, the
exported shape of `onrecord.showing.exports.shape`. The same code gives the same pages.
"""

import json
import sys
from pathlib import Path

from docs.blocks import pages
from docs.reference_cli import cli_page
from docs.reference_export import export_page, lexicon_page
from docs.reference_formats import api_page, formats_page
from docs.reference_python import model_page, python_page
from docs.sessions import refreshed
from onrecord.showing.exports.schema import json_schema

REFERENCE = Path(__file__).parent / "reference"


def reference() -> dict[Path, str]:
    """Every generated file and its text."""
    return {
        REFERENCE / "cli.md": cli_page(),
        REFERENCE / "python.md": python_page(),
        REFERENCE / "nouns.md": model_page(),
        REFERENCE / "export.md": export_page(),
        REFERENCE / "formats.md": formats_page(),
        REFERENCE / "api.md": api_page(),
        REFERENCE / "lexicons.md": lexicon_page(),
        REFERENCE / "record.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n",
    }


def main() -> None:
    """Write what has changed, and say so."""
    texts = reference()
    if "--sessions" in sys.argv[1:]:
        texts |= {page: refreshed(page.read_text(encoding="utf-8")) for page in pages() if page not in texts}
    for file, text in texts.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            sys.stderr.write(f"written: {file}\n")


if __name__ == "__main__":
    main()

"""Write an export: the one call behind the command line and the download links."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from onrecord import __version__
from onrecord.errors import StoreError, UsageError
from onrecord.model import Failure, Record
from onrecord.showing.exports.annotations import write_annotations
from onrecord.showing.exports.bibliography import write_bibtex, write_csl
from onrecord.showing.exports.briefing import write_html, write_markdown
from onrecord.showing.exports.due_dates import write_calendar
from onrecord.showing.exports.forms import form_named
from onrecord.showing.exports.network import write_network
from onrecord.showing.exports.plover import write_plover
from onrecord.showing.exports.rows import Fields, failure_rows, rows_of
from onrecord.showing.exports.seal import Seal
from onrecord.showing.exports.shape import SCHEMA_VERSION, SECTIONS, Section
from onrecord.showing.exports.sheets import columns, sheet_row, write_sheet
from onrecord.showing.exports.spool import Spool, spooled
from onrecord.showing.exports.workbook import write_workbook

#: Rows of one Parquet row group: enough for its columns to pack well, few enough to hold texts in memory.
_GROUP_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Exported:
    """How many of what was written, in the order written; `files` are the files made, none for a stream."""

    rows: tuple[tuple[str, int], ...]
    files: tuple[Path, ...] = ()


def export(records: Iterable[Record], failures: Iterable[Failure], form: str, target: Path | BinaryIO) -> Exported:
    """Write a record.

    The bytes depend on the reports and the version only, not on the order of reading.

    Args:
        records: story by story; reports and actors may come again.
        failures: the inputs that could not be read; only the formats that hold the whole record have them.
        form: the name of one of `FORMS`.
        target: a file or an open binary stream; a folder for csv and parquet.

    Raises:
        UsageError: for an unknown format, or a stream where a folder is needed.
        StoreError: when the target can't be written.
    """
    wanted = form_named(form)
    if wanted.folder and not isinstance(target, Path):
        raise UsageError(f"{form} is a folder of files and can't go to a stream: give --output FOLDER")
    if form in _PARTS:
        return _to_file(partial(_PARTS[form], records), target)
    with spooled() as spool:
        rows = (row for record in records for row in rows_of(record, readings=form in _IN_WORDS))
        spool.add(chain(rows, failure_rows(failures)))
        if isinstance(target, Path) and wanted.folder:
            return _to_folder(form, spool, target)
        return _to_file(partial(_WHOLE[form], spool), target)


def _to_file(write: "Callable[[BinaryIO], Exported]", target: Path | BinaryIO) -> Exported:
    if not isinstance(target, Path):
        return write(target)
    with _replacing(target) as part, part.open("wb") as out:
        done = write(out)
    return Exported(done.rows, (target,))


def _to_folder(form: str, spool: Spool, folder: Path) -> Exported:
    write = _write_csv if form == "csv" else _write_parquet
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    done, files = [], []
    for section in SECTIONS:
        file = folder / f"{section.name}.{form}"
        with _replacing(file) as part:
            done.append((section.name, write(spool, section, part)))
        files.append(file)
    return Exported(tuple(done), tuple(files))


@contextmanager
def _replacing(file: Path) -> Iterator[Path]:
    """A file beside the wanted one that takes its place when it is complete: a stopped export leaves no half file."""
    part = file.with_name(file.name + ".part")
    try:
        yield part
        part.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _unwritable(file: Path, error: OSError) -> StoreError:
    reason = error.strerror or type(error).__name__
    return StoreError(f"{file}: can't write the export ({reason}); choose a folder that exists and has room")


def _header() -> Fields:
    return {"version": __version__, "schema": SCHEMA_VERSION}


def _dumped(fields: object) -> bytes:
    # Lone surrogates can't be encoded; JSON's own escapes keep them.
    try:
        return json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(fields).encode()


def _write_json(spool: Spool, out: BinaryIO) -> Exported:
    seal, done = Seal(), []
    seal.add("onrecord", _header())
    out.write(b'{\n"onrecord": ' + _dumped(_header()))
    for section in SECTIONS:
        out.write(f',\n"{section.name}": ['.encode())
        number = 0
        for number, (fields, _) in enumerate(spool.rows(section.name), start=1):
            seal.add(section.name, fields)
            out.write((b"\n" if number == 1 else b",\n") + _dumped(fields))
        out.write(b"\n]" if number else b"]")
        done.append((section.name, number))
    out.write(f',\n"seal": "{seal.hexdigest()}"\n}}\n'.encode())
    return Exported(tuple(done))


def _write_lines(spool: Spool, out: BinaryIO) -> Exported:
    seal, done = Seal(), []
    seal.add("onrecord", _header())
    out.write(_dumped({"section": "onrecord", **_header()}) + b"\n")
    for section in SECTIONS:
        number = 0
        for fields, _ in spool.rows(section.name):
            seal.add(section.name, fields)
            out.write(_dumped({"section": section.name, **fields}) + b"\n")
            number += 1
        done.append((section.name, number))
    out.write(_dumped({"section": "seal", "sha256": seal.hexdigest()}) + b"\n")
    return Exported(tuple(done))


def _write_csv(spool: Spool, section: Section, file: Path) -> int:
    rows = (sheet_row(section, fields, reading) for fields, reading in spool.rows(section.name))
    with file.open("w", encoding="utf-8", newline="") as out:
        return write_sheet(columns(section), rows, out)


def _write_parquet(spool: Spool, section: Section, file: Path) -> int:
    import pyarrow
    from pyarrow import parquet

    from onrecord.showing.exports.schema import arrow_schema

    schema, number = arrow_schema(section.fields), 0
    rows = (fields for fields, _ in spool.rows(section.name))
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP_ROWS)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            number += len(group)
    return number


def _write_workbook(spool: Spool, out: BinaryIO) -> Exported:
    return Exported(write_workbook(spool, out))


def _counted(
    write: Callable[[Iterable[Record], BinaryIO], int], what: str
) -> Callable[[Iterable[Record], BinaryIO], Exported]:
    def counting(records: Iterable[Record], out: BinaryIO) -> Exported:
        return Exported(((what, write(records, out)),))

    return counting


def _write_calendar(records: Iterable[Record], out: BinaryIO) -> Exported:
    done = write_calendar(records, out)
    return Exported((("due dates", done.dated), ("commitments without a date", done.undated)))


def _write_network(records: Iterable[Record], out: BinaryIO) -> Exported:
    nodes, edges = write_network(records, out)
    return Exported((("actors", nodes), ("edges", edges)))


#: Formats that hold every section, written of rows in order.
_WHOLE: dict[str, Callable[[Spool, BinaryIO], Exported]] = {
    "json": _write_json,
    "jsonl": _write_lines,
    "xlsx": _write_workbook,
}
#: Of those that hold every section the ones that people read: their rows are told in words too.
_IN_WORDS = frozenset({"csv", "xlsx"})
#: Formats that hold a part of the record.
_PARTS: dict[str, Callable[[Iterable[Record], BinaryIO], Exported]] = {
    "markdown": _counted(write_markdown, "stories"),
    "html": _counted(write_html, "stories"),
    "plover": _counted(write_plover, "events"),
    "icalendar": _write_calendar,
    "gexf": _write_network,
    "annotations": _counted(write_annotations, "annotations"),
    "bibtex": _counted(write_bibtex, "reports"),
    "csl": _counted(write_csl, "reports"),
}

__all__ = ["Exported", "export"]

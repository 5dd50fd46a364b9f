"""Write an export: one JSON object, JSON Lines, or a folder of CSV or Parquet files."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from onrecord import __version__
from onrecord.errors import StoreError, UsageError
from onrecord.model import Failure, Record
from onrecord.showing.exports.rows import Fields, failure_rows, rows_of
from onrecord.showing.exports.seal import Seal
from onrecord.showing.exports.shape import SCHEMA_VERSION, SECTIONS, Section
from onrecord.showing.exports.sheets import columns, sheet_row, write_sheet
from onrecord.showing.exports.spool import Spool, spooled

FORMATS = ("json", "jsonl", "csv", "parquet")

#: Rows of one Parquet row group: enough for its columns to pack well, few enough to hold texts in memory.
_GROUP_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows each section has, in the order written; `files` are the files made, none for a stream."""

    rows: tuple[tuple[str, int], ...]
    files: tuple[Path, ...] = ()


def export(records: Iterable[Record], failures: Iterable[Failure], form: str, target: Path | BinaryIO) -> Exported:
    """Write a whole record.

    The bytes depend on the reports and the version only, not on the order of reading.

    Args:
        records: story by story; reports and actors may come again.
        failures: the inputs that could not be read.
        form: one of `FORMATS`.
        target: a file or an open binary stream for json and jsonl; a folder for csv and parquet.

    Raises:
        UsageError: for an unknown format, or a stream where a folder is needed.
        StoreError: when the target can't be written.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no export format {form!r}; choose one of {', '.join(FORMATS)}")
    with spooled() as spool:
        spool.add(chain(chain.from_iterable(map(rows_of, records)), failure_rows(failures)))
        if form in ("json", "jsonl"):
            write = _write_json if form == "json" else _write_lines
            return _to_file(write, spool, target)
        if not isinstance(target, Path):
            raise UsageError(f"{form} is a folder of files and can't go to a stream: give --output FOLDER")
        return _to_folder(form, spool, target)


def _to_file(write: "Callable[[Spool, BinaryIO], Exported]", spool: Spool, target: Path | BinaryIO) -> Exported:
    if not isinstance(target, Path):
        return write(spool, target)
    with _replacing(target) as part, part.open("wb") as out:
        done = write(spool, out)
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
        return json.dumps(fields, ensure_ascii=False, separators=(", ", ": ")).encode()
    except UnicodeEncodeError:
        return json.dumps(fields, separators=(", ", ": ")).encode()


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


__all__ = ["FORMATS", "Exported", "export"]

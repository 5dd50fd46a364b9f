"""Exports as downloads."""

import os
import zipfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, mkstemp
from typing import Any, BinaryIO

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from onrecord.errors import UsageError
from onrecord.model import Failure, Record
from onrecord.showing.exports import FORMS, Form, export, file_name, form_named
from onrecord.showing.rest.problems import missing, responses
from onrecord.showing.rest.settings import TheStore

router = APIRouter(tags=["exports"])

ExportName = StrEnum("ExportName", {one.name.upper(): one.name for one in FORMS})  # type: ignore[misc]

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; a folder comes as a ZIP archive.",
        "content": {
            one: {"schema": {"type": "string", "format": "binary"}}
            for one in sorted({"application/zip", *(form.media_type for form in FORMS if not form.folder)})
        },
    }
}
#: The moment that files in an archive say they were made: the earliest that ZIP knows.
_MADE = (1980, 1, 1, 0, 0, 0)


@router.get("/export/{form}", summary="The whole record as a file", response_class=FileResponse, responses=_FILE)
def whole(form: ExportName, store: TheStore) -> FileResponse:
    """The same bytes as `onrecord export --format`."""
    return _file(store.records(), store.failures(), form_named(form.value), "record")


@router.get("/stories/{story}/export/{form}", summary="One story as a file", response_class=FileResponse,
            responses={**_FILE, **responses(404)})  # fmt: skip
def of_story(story: str, form: ExportName, store: TheStore) -> FileResponse:
    """The same bytes as `onrecord export --format ... --story`."""
    try:
        record = store.record(story)
    except UsageError as error:
        raise missing(f"there is no story {story!r} in the store; /stories lists them") from error
    return _file([record], (), form_named(form.value), record.fusions[0].story.title or story)


def _file(records: Iterable[Record], failures: Iterable[Failure], form: Form, stem: str) -> FileResponse:
    handle, made = mkstemp(prefix="onrecord-download-")
    path = Path(made)
    try:
        with os.fdopen(handle, "wb") as out:
            if form.folder:
                _write_archive(records, failures, form, out)
            else:
                export(records, failures, form.name, out)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    name, kind = file_name(stem, form), form.media_type
    if form.folder:
        name, kind = f"{name}-{form.name}.zip", "application/zip"
    # What a report says is in it: a browser must save it, not show it as a page of ours.
    return FileResponse(path, media_type=kind, filename=name, background=BackgroundTask(os.unlink, path),
                        headers={"X-Content-Type-Options": "nosniff"})  # fmt: skip


def _write_archive(records: Iterable[Record], failures: Iterable[Failure], form: Form, out: BinaryIO) -> None:
    with TemporaryDirectory(prefix="onrecord-download-") as folder:
        done = export(records, failures, form.name, Path(folder))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in done.files:
                entry = zipfile.ZipInfo(file.name, _MADE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                    copyfileobj(source, target)


__all__ = ["router"]

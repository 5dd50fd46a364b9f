"""The app: routes, what stands before them, and how errors look."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from onrecord.errors import OnrecordError, UsageError
from onrecord.pipeline import open_book
from onrecord.showing.atom import router as feeds
from onrecord.showing.rest import RestSettings, api
from onrecord.showing.web.desk import Desk, desk_of
from onrecord.showing.web.guarding import Guard
from onrecord.showing.web.routes import actors, door, judging, ledger, proofs, reports, search, stories
from onrecord.showing.web.settings import WebSettings

_STATIC = Path(__file__).parent / "static"


def make_app(store_path: str | Path, settings: WebSettings | None = None) -> FastAPI:
    """The desk over one store, ready to be served by any ASGI server.

    Args:
        store_path: path of a store, or an SQLAlchemy URL; it must exist.
        settings: who may reach it, and whether judgements may be made.

    Raises:
        StoreError: the store can't be opened.
    """
    settings = settings or WebSettings()
    book = open_book(store_path, read_only=not settings.edit)
    desk = Desk(book, settings, version("onrecord"))

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        book.close()

    app = FastAPI(title="onrecord", docs_url=None, redoc_url=None, openapi_url=None, lifespan=closing)
    app.state.desk = desk
    app.add_middleware(Guard, settings=settings, keys=desk.keys)
    for part in (stories, reports, actors, ledger, search, proofs, judging, door):
        app.include_router(part.router)
    _add_programs(app, desk)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(OnrecordError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    return app


def _add_programs(app: FastAPI, desk: Desk) -> None:
    """The same content for programs: JSON and feeds."""
    settings = RestSettings(edit=desk.settings.edit, token=desk.keys.form_key("api"), base_url=None)
    app.mount("/api/v1", api(lambda: desk.book.store, settings, lambda: desk.book))
    app.include_router(feeds(lambda: desk.book.store, settings))


def _ours(request: Request, error: Exception) -> Response:
    """What is not there is 404; a store that is locked or damaged is 503."""
    status = 404 if isinstance(error, UsageError) else 503
    title = "Not in this store" if status == 404 else "The store can't be read"
    return desk_of(request).page(request, "message.html", status=status, title=title, message=str(error))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = error.detail if isinstance(error, HTTPException) else ""
    title = {404: "There is no such page", 405: "This can't be done here", 403: "Not allowed"}.get(
        status, "It did not work"
    )
    message = "Check the address, or start from the list of stories." if told in ("", "Not Found") else told
    return desk_of(request).page(request, "message.html", status=status, title=title, message=message)


def _unreadable(request: Request, error: Exception) -> Response:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in problems)
    message = f"The address asks for what can't be: {told}."
    return desk_of(request).page(
        request, "message.html", status=422, title="The address can't be read", message=message
    )


__all__ = ["make_app"]

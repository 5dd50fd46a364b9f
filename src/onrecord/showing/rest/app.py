"""The application that the desk mounts at /api/v1."""

from collections.abc import Callable

from fastapi import FastAPI

from onrecord import __version__
from onrecord.pipeline import Book
from onrecord.recording import Store
from onrecord.showing.rest import actors, claims, downloads, judgements, reports, stories
from onrecord.showing.rest.problems import Problem, add_handlers, responses
from onrecord.showing.rest.settings import Access, RestSettings

_ABOUT = """The record of a store: who said what, who did what, and on whose word.

It records reporting, not truth. Offsets count Unicode code points of a report's `text`. Missing is null.
Lists come in pages: `next` is the cursor of the following one, and stays valid while the store grows.
Every error is a problem (RFC 9457). Answers carry an `ETag`; ask again with `If-None-Match`.
"""


def api(
    store_of: Callable[[], Store],
    settings: RestSettings | None = None,
    book_of: Callable[[], Book] | None = None,
) -> FastAPI:
    """The interface for programs, to be mounted at /api/v1.

    Args:
        store_of: gives the open store; it is shared between threads.
        settings: whether judgements can be made, and with what token.
        book_of: gives the same store to judge in; without it nothing is written.
    """
    app = FastAPI(
        title="onrecord",
        version=__version__,
        description=_ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        # The pages that show a document load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=responses(422, 503),
    )
    app.state.access = Access(store_of, settings or RestSettings(), book_of)
    parts = (downloads, stories, reports, claims, actors, judgements)
    for part in parts:
        app.include_router(part.router)
    add_handlers(app, [route for part in parts for route in part.router.routes])
    _with_problem(app)
    return app


def _with_problem(app: FastAPI) -> None:
    """Describe the shape of errors in the OpenAPI document."""
    made = app.openapi

    def openapi() -> dict[str, object]:
        document = made()
        schemas = document["components"]["schemas"]
        if "Problem" not in schemas:
            shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= {**shape.pop("$defs"), "Problem": shape}
        return document

    app.openapi = openapi  # type: ignore[method-assign]


__all__ = ["api"]

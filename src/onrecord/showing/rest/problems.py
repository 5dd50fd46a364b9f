"""Every error has one shape: RFC 9457, `application/problem+json`."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Route

from onrecord.errors import DamagedRecord, OnrecordError, StoreError, UsageError

MEDIA_TYPE = "application/problem+json"


class Flaw(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="The parameter, or the path into the body.", examples=["query.limit"])
    what: str = Field(examples=["Input should be less than or equal to 200"])


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(default="about:blank", description="`about:blank`: the status says what it is.")
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(
        description="What failed, what was found, and what to do.", examples=["there is no story 's9' in the store"]
    )
    instance: str = Field(description="The path that was asked for.", examples=["/api/v1/stories/s9"])
    errors: list[Flaw] = Field(default_factory=list, description="With 422: each thing that is wrong.")


class Refused(OnrecordError):
    """A parameter that validates and still can't be meant: 422 like those that do not."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(what)
        self.where = where


def missing(detail: str) -> HTTPException:
    """What to raise where there is no such thing."""
    return HTTPException(404, detail)


def problem(request: Request, status: int, detail: str, errors: list[Flaw] | None = None) -> JSONResponse:
    """A problem as a response."""
    told = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request.url.path, errors=errors or []
    )
    return JSONResponse(told.model_dump(), status, media_type=MEDIA_TYPE)


def error_response(request: Request, error: Exception) -> JSONResponse:
    """Any error as a problem; one that nobody foresaw tells nothing of the inside."""
    if isinstance(error, HTTPException):
        found = problem(request, error.status_code, str(error.detail))
        found.headers.update(error.headers or {})
        return found
    if isinstance(error, RequestValidationError):
        flaws = [Flaw(where=".".join(map(str, one["loc"])), what=str(one["msg"])) for one in error.errors()]
        return problem(request, 422, "; ".join(f"{one.where}: {one.what}" for one in flaws), flaws)
    if isinstance(error, Refused):
        return problem(request, 422, str(error), [Flaw(where=f"query.{error.where}", what=str(error))])
    if isinstance(error, UsageError):
        return problem(request, 404, str(error))
    if isinstance(error, DamagedRecord):
        return problem(request, 500, str(error))
    if isinstance(error, StoreError):
        return problem(request, 503, str(error))
    return problem(request, 500, "onrecord failed; its log says more")


def add_handlers(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Let the app answer every error as a problem; `routes` are all that it has."""

    async def handler(request: Request, error: Exception) -> Response:
        answer = error_response(request, error)
        if answer.status_code == 405:
            # Each method of a path is a route of its own here: the one that was asked knows of itself only.
            answer.headers["Allow"] = ", ".join(_methods(routes, request))
        return answer

    kinds: tuple[Any, ...] = (HTTPException, RequestValidationError, OnrecordError, Exception)
    for kind in kinds:
        app.add_exception_handler(kind, handler)


def _methods(routes: Iterable[BaseRoute], request: Request) -> list[str]:
    """The methods that the path of a request takes."""
    fitting = (one for one in routes if isinstance(one, Route) and one.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for one in fitting for method in one.methods or ()})


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation can answer with, for the OpenAPI document."""
    about = {404: "There is no such thing.", 422: "The request can't be understood.", 503: "The store can't be read."}
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": about.get(status, HTTPStatus(status).phrase), "content": {MEDIA_TYPE: shape}}
        for status in statuses
    }


__all__ = ["MEDIA_TYPE", "Flaw", "Problem", "Refused", "add_handlers", "error_response", "missing", "problem",
           "responses"]  # fmt: skip

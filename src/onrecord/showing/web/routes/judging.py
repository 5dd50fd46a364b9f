"""Judgements in place: taken only from a form of this desk, and only where it was started with `--edit`."""

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from onrecord.model import Judgement
from onrecord.showing.web.desk import Desk, desk_of
from onrecord.showing.web.guarding import VISIT, cookies, is_own_origin
from onrecord.showing.web.rendering import with_query
from onrecord.showing.web.routes.asking import Id
from onrecord.showing.web.routes.door import read_form, way_back

router = APIRouter()

#: Letters of a note or a value at the most.
_LONG = 2_000


@router.get("/judgements")
def judgements(request: Request) -> Response:
    """All judgements that hold, newest first."""
    desk = desk_of(request)
    made = tuple(reversed(desk.book.judgements()))
    told = [actor for one in made for value in (one.value, one.machine) for actor in (value or "").split("; ")]
    return desk.page(request, "judgements.html", made=made, names=desk.book.store.browse().names(told))


@router.post("/judgements")
async def judge(request: Request) -> Response:
    """Keep a judgement and go back to where it was made."""
    desk, told = await _form(request)

    def keep() -> Judgement:
        targets = [told.get("target", ""), *filter(None, [told.get("with", "")])]
        verdict, field = told.get("verdict", ""), told.get("field") or None
        value = (told.get("value") or "").strip()[:_LONG] or None
        note, author = (
            (told.get("note") or "").strip()[:_LONG] or None,
            (told.get("author") or "").strip()[:200] or None,
        )
        is_correction = verdict == "correct"
        with desk.judging:
            return desk.book.judge(
                verdict,
                targets,
                kind=told.get("kind", ""),
                field=field if is_correction else None,
                value=value if is_correction else None,
                note=note,
                author=author,
            )

    return _go(told, await run_in_threadpool(keep))


@router.post("/judgements/{judgement}/undo")
async def undo(request: Request, judgement: Id) -> Response:
    """Take a judgement back and go back to where it was undone."""
    desk, told = await _form(request)

    def take_back() -> Judgement:
        with desk.judging:
            return desk.book.undo(judgement)

    return _go(told, await run_in_threadpool(take_back))


def _go(told: dict[str, str], made: Judgement) -> Response:
    back = way_back(told.get("back", "/"))
    path, _, anchor = back.partition("#")
    path, _, query = path.partition("?")
    kept = dict(part.split("=", 1) for part in query.split("&") if "=" in part and not part.startswith("done="))
    return RedirectResponse(with_query(path, **kept, done=made.id) + (f"#{anchor}" if anchor else ""), status_code=303)


async def _form(request: Request) -> tuple[Desk, dict[str, str]]:
    """The desk and the fields of a form, where the desk takes judgements and the form is its own.

    Raises:
        HTTPException: 403 when it is not.
    """
    desk = desk_of(request)
    if not desk.settings.edit:
        raise HTTPException(403, "This desk is for reading only. Start it with `onrecord serve --edit` to judge.")
    told = await read_form(request)
    visit = cookies(request.headers).get(VISIT)
    if not is_own_origin(request.headers) or not desk.keys.is_form_key(visit, told.get("key", "")):
        raise HTTPException(
            403, "The form did not come from this desk, or is too old. Load the page again, then judge."
        )
    return desk, told


__all__ = ["router"]

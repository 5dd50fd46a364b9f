"""Coming in: the form that asks for the token, and the choice between light and dark."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from onrecord.showing.web.desk import THEME, THEMES, desk_of
from onrecord.showing.web.guarding import set_entrance
from onrecord.showing.web.routes.asking import Words

router = APIRouter()

#: Bytes of a form at the most.
FORM_BYTES = 64_000


@router.get("/enter")
def door(request: Request) -> Response:
    """The form that asks for the token."""
    return desk_of(request).page(request, "enter.html", wrong=False)


@router.post("/enter")
async def enter(request: Request) -> Response:
    """Admit a browser whose token is right."""
    desk = desk_of(request)
    told = (await read_form(request)).get("token", "")
    if not desk.keys.is_token(told):
        return desk.page(request, "enter.html", status=403, wrong=True)
    answer = RedirectResponse("/", status_code=303)
    set_entrance(answer, desk.keys)
    return answer


@router.get("/theme")
def theme(to: Words = "", back: Words = "/") -> Response:
    """Keep the choice between light and dark in a cookie, and go back."""
    answer = RedirectResponse(way_back(back), status_code=303)
    value = to if to in THEMES else ""
    answer.headers.append("Set-Cookie", f"{THEME}={value}; Path=/; SameSite=Lax; Max-Age={31_536_000 if value else 0}")
    return answer


def way_back(told: str) -> str:
    """A place on this desk: never another host's.

    >>> way_back("//evil.example/"), way_back("/ledger?page=2"), way_back("https://evil.example")
    ('/', '/ledger?page=2', '/')
    """
    is_ours = told.startswith("/") and not told.startswith(("//", "/\\")) and told.isprintable()
    return told if is_ours else "/"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a sent form, the last of each name; one that is too long or no form has none."""
    body = b""
    async for some in request.stream():
        body += some
        if len(body) > FORM_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100)
    return {name: values[-1] for name, values in fields.items()}


__all__ = ["read_form", "router", "way_back"]

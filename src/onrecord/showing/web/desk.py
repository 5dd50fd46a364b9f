"""One running desk: its store, its secrets, and how it answers with a page."""

from secrets import token_urlsafe
from threading import Lock

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.model import Judgement
from onrecord.pipeline import Book
from onrecord.showing.web.guarding import VISIT, Keys, cookies, set_visit
from onrecord.showing.web.rendering import environment
from onrecord.showing.web.settings import WebSettings

#: Where the choice between light and dark is kept, and what it can be; without it the system's is taken.
THEME, THEMES = "onrecord_theme", ("light", "dark")


class Desk:
    """One running desk: pages are answered with `page`."""

    def __init__(self, book: Book, settings: WebSettings, version: str) -> None:
        self.book, self.settings = book, settings
        self.keys = Keys(settings.token)
        #: One judgement at a time: each brings the record up to date before the next.
        self.judging = Lock()
        self._templates = environment(version=version, edit=settings.edit)

    def page(self, request: Request, template: str, status: int = 200, **shown: object) -> Response:
        """A page; with judgements allowed it carries the key of this browser's forms."""
        known = cookies(request.headers)
        theme = known.get(THEME)
        visit, is_new = known.get(VISIT), False
        if self.settings.edit and not visit:
            visit, is_new = token_urlsafe(24), True
        told = {
            "path": request.url.path,
            "here": local(request.url),
            "theme": theme if theme in THEMES else None,
            "form_key": self.keys.form_key(visit) if self.settings.edit and visit else "",
            "q": "",
            "done": self._done(request),
            **shown,
        }
        answer = HTMLResponse(self._templates.get_template(template).render(told), status)
        if is_new and visit:
            set_visit(answer, visit)
        return answer

    def _done(self, request: Request) -> Judgement | None:
        """The judgement that was just made or undone, as the address tells after a form was sent."""
        told = request.query_params.get("done") if self.settings.edit else None
        if not told:
            return None
        return next((one for one in self.book.judgements(undone=True) if one.id == told), None)


def local(url: URL) -> str:
    """The path and query of an address on this desk, without what a form left there."""
    kept = "&".join(part for part in url.query.split("&") if part and not part.startswith("done="))
    return url.path + (f"?{kept}" if kept else "")


def desk_of(request: Request) -> Desk:
    """The desk that a request reached."""
    found = request.app.state.desk
    if not isinstance(found, Desk):
        raise TypeError(f"the app was not made by make_app: its state holds {found!r}")
    return found


__all__ = ["THEME", "THEMES", "Desk", "desk_of", "local"]

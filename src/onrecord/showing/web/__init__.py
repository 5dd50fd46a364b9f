"""The desk: the record of a store in a browser. Pages are made on the server; script only adds comfort."""

from onrecord.showing.web.app import make_app
from onrecord.showing.web.settings import LOOPBACK, WebSettings, is_loopback

__all__ = ["LOOPBACK", "WebSettings", "is_loopback", "make_app"]

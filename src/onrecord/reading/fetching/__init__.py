"""The web, read carefully: only public addresses, bounded bodies, one deadline a request, robots.txt and pauses.

A `client.Fetcher` gets one page after another. It connects to the very address that it checked, so that a name which
resolves to another one a moment later (DNS rebinding) wins nothing; every redirect is checked like the first request.
It keeps no cookies, sends no credentials, and takes no proxy from the environment.

The client itself is imported from its module: reading files needs no HTTP.
"""

from onrecord.reading.fetching.failing import FetchFailed
from onrecord.reading.fetching.settings import Clock, FetchSettings
from onrecord.reading.fetching.urls import is_url, tidy_url

__all__ = ["Clock", "FetchFailed", "FetchSettings", "is_url", "tidy_url"]

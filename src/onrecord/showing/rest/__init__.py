"""The record for programs: JSON with an OpenAPI document, opaque cursors, one shape of errors, downloads."""

from onrecord.showing.rest.app import api
from onrecord.showing.rest.problems import error_response
from onrecord.showing.rest.settings import RestSettings

__all__ = ["RestSettings", "api", "error_response"]

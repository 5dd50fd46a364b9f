"""The one tree of errors: subclass by what the caller should do about it.

    OnrecordError
    ├── UsageError        the call is wrong: change it (exit code 2)
    ├── NotInstalled      a package or the trained weights are missing: install them (exit code 3)
    ├── StoreError        the store can't be opened, is read-only, full or locked: mend its place, then try again
    │   └── DamagedRecord a stored or exported record does not match its own texts or hashes (exit code 4)
    └── UnreadableInput   one input can't become a report: it is stored as a failure, the rest goes on (exit code 1)

Bulk work does not raise for one bad input: it yields `onrecord.model.Failure` beside the reports.
"""


class OnrecordError(Exception):
    """Whatever onrecord raises on purpose; its message says what failed, where, and what to do."""


class UsageError(OnrecordError):
    """The caller asked for something that does not exist or does not go together."""


class NotInstalled(OnrecordError):
    """A package or a model that the work needs is not there."""


class StoreError(OnrecordError):
    """The store could not be opened, read or written."""


class DamagedRecord(StoreError):
    """A record contradicts its own texts, hashes or references."""


class UnreadableInput(OnrecordError):
    """One input could not be read as a report.

    Attributes:
        cause: a value of `onrecord.model.FailureCause`.
    """

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause

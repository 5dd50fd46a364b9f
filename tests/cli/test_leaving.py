from inspect import signature
from types import FunctionType

import pytest

from onrecord.cli.leaving import exit_code
from onrecord.errors import DamagedRecord, NotInstalled, OnrecordError, StoreError, UnreadableInput, UsageError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreadableInput("x", "empty"), 1),
        (UsageError("x"), 2),
        (StoreError("x"), 2),
        (OnrecordError("x"), 2),
        (NotInstalled("x"), 3),
        (DamagedRecord("x"), 4),
    ],
)
def test_every_error_has_the_exit_code_of_the_design(error: OnrecordError, code: int) -> None:
    assert exit_code(error) == code


def test_no_error_is_forgotten() -> None:
    def below(kind: type[Exception]) -> set[type[Exception]]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    for kind in below(OnrecordError):
        # some say more than one thing: which input, what is wrong with it, what to do
        made = kind.__init__
        asked = list(signature(made).parameters.values())[1:] if isinstance(made, FunctionType) else []
        error = kind(*("empty" for one in asked if one.default is one.empty)) if asked else kind("x")
        assert isinstance(error, OnrecordError)
        assert exit_code(error) in (1, 2, 3, 4)

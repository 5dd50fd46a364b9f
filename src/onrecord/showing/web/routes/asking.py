"""What every page takes from its address, with its bounds: nothing that a visitor types reaches SQL as SQL."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import StringConstraints

#: Pages of one list at the most.
PAGES = 100_000
_LETTERS, _DAY = 300, r"^(\d{4}-\d\d-\d\d)?$"

Text = Annotated[str, StringConstraints(max_length=_LETTERS)]
DayText = Annotated[str, StringConstraints(max_length=10, pattern=_DAY)]

#: Ids are the store's own; what is longer can't be one.
Id = Annotated[str, Path(max_length=_LETTERS)]
Words = Annotated[str, Query(max_length=_LETTERS)]
Day = Annotated[str, Query(max_length=10, pattern=_DAY)]
#: Pages count from 1.
Number = Annotated[int, Query(ge=1, le=PAGES)]

__all__ = ["PAGES", "Day", "DayText", "Id", "Number", "Text", "Words"]

"""What every page takes from its address, with its bounds: nothing that a visitor types reaches SQL as SQL."""

from typing import Annotated

from fastapi import Path, Query

#: Ids are the store's own; what is longer can't be one.
Id = Annotated[str, Path(max_length=300)]
Words = Annotated[str, Query(max_length=300)]
Day = Annotated[str, Query(max_length=10, pattern=r"^(\d{4}-\d\d-\d\d)?$")]
#: 'page' counts from 1.
Number = Annotated[int, Query(ge=1, le=100_000)]

__all__ = ["Day", "Id", "Number", "Words"]

"""What the shapes of answers are made of: ids, days and offsets with their examples, pages, words with their place."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

ReportId = Annotated[str, Field(description="`r` and 16 hexadecimal digits.", examples=["r3e3dbf8a1c5f4d20"])]
StoryId = Annotated[str, Field(examples=["y5a1c9e02b7d4"])]
ClaimId = Annotated[str, Field(examples=["c91d2a7f0b6e3"])]
ActorId = Annotated[str, Field(examples=["person:marenko-ilse"])]
MarkId = Annotated[str, Field(description="Of a statement or event.", examples=["r3e3dbf8a1c5f4d20.s4"])]
Edtf = Annotated[str | None, Field(description="Extended Date/Time Format.", examples=["2025-03-17/2025-03-23"])]
Day = Annotated[str | None, Field(description="YYYY-MM-DD", examples=["2025-03-14"])]
Country = Annotated[str | None, Field(description="ISO 3166-1 alpha-3", examples=["FIN"])]
Offsets = Annotated[
    tuple[int, int], Field(description="Half-open range of code points of the report's text.", examples=[[120, 152]])
]
Confidence = Annotated[float, Field(ge=0, le=1, examples=[0.93])]


class Shape(BaseModel):
    """What all shapes have in common: they are made once and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Shape, Generic[T]):
    """Some items of a list."""

    items: list[T]
    next: str | None = Field(description="Cursor of the next page; null on the last.", examples=["WyJzdG9yaWVzIl0"])


class Named(Shape):
    """Somebody: an actor, or a name for whom no actor was made."""

    id: ActorId
    name: str = Field(examples=["Ilse Marenko"])


class Cell(Shape):
    """Words of a report, and where they stand."""

    report: ReportId
    span: Offsets
    words: str = Field(examples=["answer in writing next week"])


class Heading(Shape):
    """A report without its text."""

    id: ReportId
    title: str | None = Field(examples=["Ministers meet in Sarnholm"])
    outlet: str | None = Field(examples=["Meridian Courier"])
    published: str | None = Field(description="ISO 8601, as precise as told.", examples=["2025-03-14T18:40"])
    day: Day
    url: str | None = Field(examples=["https://courier.example/2025/03/14/talks"])
    length: int = Field(description="Code points of its text.", examples=[2410])


__all__ = [
    "ActorId",
    "Cell",
    "ClaimId",
    "Confidence",
    "Country",
    "Day",
    "Edtf",
    "Heading",
    "MarkId",
    "Named",
    "Offsets",
    "Page",
    "ReportId",
    "Shape",
    "StoryId",
]

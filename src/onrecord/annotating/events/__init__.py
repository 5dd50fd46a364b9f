"""Events: what a report says happened, will, might or did not, in PLOVER's sixteen types with modality."""

from onrecord.annotating.events.finding import find_events
from onrecord.annotating.events.typing import plain_type, type_between

__all__ = ["find_events", "plain_type", "type_between"]

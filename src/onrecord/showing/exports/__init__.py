"""The record -> files: JSON, JSON Lines, CSV and Parquet, all from the one shape in `shape`.

Rows are made story by story (`rows`), put aside in order on disk (`spool`) and written section by section, so
that memory stays flat and the bytes do not depend on the order of reading.
"""

from onrecord.showing.exports.checking import check_export
from onrecord.showing.exports.writing import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "check_export", "export"]

"""The same stages on many cores."""

from onrecord.scaling.workers import Workers, WorkerSettings, cores

__all__ = ["WorkerSettings", "Workers", "cores"]

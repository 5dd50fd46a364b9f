"""The same stages on a cluster. Nothing yet: one machine serves until an issue asks for more."""

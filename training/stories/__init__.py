"""Fits the weights by which reports of one happening are told, on sets grouped by hand."""

"""Measures what onrecord costs, on generated reports or on the user's own: the work behind `onrecord bench`."""

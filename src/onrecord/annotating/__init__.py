"""Report -> marks: sentences, actors, times, places, statements, events."""

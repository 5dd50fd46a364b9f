"""What each page shows, as plain values: made of a record, printed by a template."""

"""The record <-> SQL (SQLite by default): whole reports or none, full-text search, verification."""

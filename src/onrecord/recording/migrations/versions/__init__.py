"""One module a schema version, oldest first; a version that was released is never changed."""

"""bytes -> Report: files, folders and streams; blocks, metadata, language; what failed and why."""

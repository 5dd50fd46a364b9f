"""The pages of the desk, one module a part of it. Handlers are plain functions: they run in a pool of threads."""

"""What differs between databases: connecting, transactions, their own checks, and their errors."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from onrecord.errors import DamagedRecord, OnrecordError, StoreError, UsageError

#: How long a writer waits for another one before it gives up.
BUSY_TIMEOUT_S = 10.0
#: Pages of SQLite's cache, in KiB: keys are hashes, so that the indices of a large store are read and written all over.
CACHE_KIB = 64 * 1024

#: Pages of 4 KiB in the write-ahead log after which they go into the file.
CHECKPOINT_PAGES = 4000

#: Tables with an index for full-text search, called search_<table>.
SEARCHED = ("report", "statement")

#: What SQLite says -> what that means and what to do about it.
_SQLITE_CAUSES = {
    "SQLITE_READONLY": "it can't be written: the file or its folder is read-only; change its permissions or copy it",
    "SQLITE_BUSY": "it is locked: another program writes to it; wait until that is done, then try again",
    "SQLITE_LOCKED": "it is locked: another program writes to it; wait until that is done, then try again",
    "SQLITE_FULL": "the disk is full: make room, then try again; what was stored before is kept",
    "SQLITE_NOTADB": "it is not a database: give the path of a store or of a new file",
    "SQLITE_CANTOPEN": "it can't be opened: check that its folder exists and may be written to",
    "SQLITE_IOERR": "reading or writing failed: check the disk and its free space",
    "SQLITE_TOOBIG": "a text is too large for the database (1 GB): leave that report out",
    "SQLITE_PERM": "access is denied: check its permissions",
    "SQLITE_AUTH": "access is denied: check its permissions",
}


def address(where: str | Path) -> URL:
    """The database at a path or an SQLAlchemy URL.

    >>> address("news.db").database, address("postgresql://host/news").get_backend_name()
    ('news.db', 'postgresql')
    """
    if isinstance(where, str) and "://" in where:
        try:
            return make_url(where)
        except ArgumentError as error:
            raise UsageError(f"{where!r} is neither a path nor a database URL: {error}") from error
    return URL.create("sqlite", database=str(where))


def check_file(path: Path, *, create: bool) -> None:
    """Raise `StoreError` where a SQLite file can't be opened, with what to do."""
    if path.is_dir():
        raise StoreError(f"store {path}: it is a folder; give the path of a file in it, e.g. {path / 'onrecord.db'}")
    if not create and not path.exists():
        raise StoreError(f"store {path}: there is no such file; read reports into it first, or give another --store")


def connect(url: URL, *, read_only: bool = False) -> Engine:
    """An engine whose connections are set up for a store; nothing is opened yet.

    Raises:
        StoreError: when the database is of a kind that is not supported or whose driver is missing.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, read_only=read_only)
    if url.get_backend_name() != "postgresql":
        raise StoreError(f"{url}: a store is a SQLite file or a PostgreSQL database, not {url.get_backend_name()!r}")
    try:
        return create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"{url}: the driver is missing ({error}); install it, e.g. with: pip install psycopg"
        ) from error


def _sqlite(url: URL, *, read_only: bool) -> Engine:
    path = Path(url.database or "").absolute()
    # A read-only folder can't hold the shared memory of the write-ahead log; without a log none is needed.
    still = read_only and not path.with_name(path.name + "-wal").exists()
    mode = "mode=ro&immutable=1" if still and not _writable(path.parent) else "mode=ro" if read_only else "mode=rwc"
    file = f"{path.as_uri()}?{mode}"
    engine = create_engine(
        URL.create("sqlite", database=file, query={"uri": "true"}),
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None, "check_same_thread": False},
        poolclass=QueuePool,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # In the write-ahead log NORMAL never damages the file and loses nothing when the process is killed; only a
    # power cut can take the last transactions, whose reports are then read again.
    connection.execute("PRAGMA synchronous = NORMAL")
    # The indices of words and terms touch the same pages again and again: a longer log writes them back once.
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes then could find the store changed in between: writers lock at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while one writes (SQLite); the file remembers it."""
    if engine.dialect.name != "sqlite":
        return
    with translated(engine):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise DBAPIError.instance("PRAGMA journal_mode", None, error, sqlite3.Error) from error
        finally:
            raw.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the store as it is at its first query."""
    with translated(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is kept as a whole, or not at all when an error leaves it."""
    with translated(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn a database's errors into ours.

    Raises:
        DamagedRecord: the file is damaged.
        UsageError: what was to be stored names something that is not there.
        StoreError: anything else.
    """
    try:
        yield
    except DBAPIError as error:
        raise _ours(name_of(engine), error) from error
    except UnicodeEncodeError as error:
        found = error.object[error.start : error.end]
        raise UsageError(f"store {name_of(engine)}: {found!r} is no text that a database keeps") from error


def name_of(engine: Engine) -> str:
    """How messages call the store: its path, or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database).removeprefix("file://").partition("?")[0]
    return engine.url.render_as_string()


def _ours(name: str, error: DBAPIError) -> OnrecordError:
    code = str(getattr(error.orig, "sqlite_errorname", ""))
    if code.startswith("SQLITE_CORRUPT"):
        return DamagedRecord(f"store {name}: the file is damaged ({error.orig}); restore a copy of it")
    if isinstance(error, IntegrityError):
        return UsageError(f"store {name}: what was to be stored names something that is not there: {error.orig}")
    for cause, meaning in _SQLITE_CAUSES.items():
        if code.startswith(cause):
            return StoreError(f"store {name}: {meaning} ({error.orig})")
    return StoreError(f"store {name}: the database says: {error.orig}")


def file_flaws(connection: Connection) -> Iterator[tuple[str, str]]:
    """What the database itself finds wrong: (where, what). SQLite: pages, indices, references, search."""
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if message != "ok":
            yield "database file", str(message)
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {table}", f"a row names a row of {parent} that is not there"


def search_flaws(engine: Engine) -> Iterator[tuple[str, str]]:
    """Where the search index contradicts the texts: (where, what). It can't be looked at in a read-only store."""
    if engine.dialect.name != "sqlite":
        return
    for table in SEARCHED:
        try:
            with writing(engine) as connection:
                index = f"search_{table}"
                connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except DamagedRecord:
            yield f"search of {table}s", "the index does not match the texts"
        except StoreError:
            return

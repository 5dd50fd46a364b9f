"""Schema versions: a new store gets every migration, an older one those it lacks, a newer one is refused."""

from importlib.resources import as_file, files

from sqlalchemy import Connection, Engine, inspect, text

from onrecord.errors import StoreError
from onrecord.recording.dialect import name_of, reading, use_write_ahead_log, writing

#: The newest schema; a test holds it against the migrations, so that opening a store needs no Alembic.
HEAD = "0012"


def migrate(engine: Engine, *, create: bool) -> None:
    """Bring the store's schema up to date.

    Args:
        engine: of the store.
        create: whether the database may be changed at all.

    Raises:
        StoreError: not a store, made by a newer onrecord, or old and not to be changed.
    """
    if (found := _version(engine)) == HEAD:
        return
    if not create:
        problem = (
            "no store is here yet" if found is None else f"its schema {found} is older than this onrecord's {HEAD}"
        )
        raise StoreError(f"store {name_of(engine)}: {problem}; open it once for writing")
    use_write_ahead_log(engine)
    with writing(engine) as connection:
        upgrade(connection)


def _version(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return version(connection)


def version(connection: Connection) -> str | None:
    """The schema version of a store; None for an empty database.

    Raises:
        StoreError: the database holds something else, or a newer schema.
    """
    name = name_of(connection.engine)
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreError(
                f"store {name}: it is a database, but no store of onrecord (it holds {', '.join(sorted(tables)[:3])}); "
                "give the path of a store or of a new file"
            )
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is None or not str(found).isdigit() or len(str(found)) != len(HEAD):
        raise StoreError(f"store {name}: its schema version is {found!r}, which is none of onrecord's; restore a copy")
    if str(found) > HEAD:
        raise StoreError(
            f"store {name}: it was made by a newer onrecord (schema {found}, this one knows up to {HEAD}); "
            "update onrecord, or use another store"
        )
    return str(found)


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in this connection's transaction."""
    # Alembic takes a third of a second to import, and most stores that are opened are up to date.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    found = version(connection)
    with as_file(files("onrecord.recording") / "migrations") as folder:
        script = ScriptDirectory(str(folder), version_locations=[str(folder / "versions")])
        context = MigrationContext.configure(connection)
        missing = [step for step in script.iterate_revisions(HEAD, found or "base") if step is not None]
        with Operations.context(context):
            for step in reversed(missing):
                step.module.upgrade()
                context.stamp(script, step.revision)

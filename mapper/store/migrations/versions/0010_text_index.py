"""The text index: words of organisations and activities, kept right by triggers."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Table, the column that says what a row is, and the column with the rest of its text.
SUBJECTS = (("organisations", "name", "description"), ("activities", "title", "description"))

ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷŴŶ"
PLAIN = "AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyywyWY"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for subject in SUBJECTS:
            _index_sqlite(*subject)
        return
    # As the shipped configuration, but without words that are left out: an organisation may be
    # called All About Us.
    op.execute(
        "CREATE TEXT SEARCH DICTIONARY mapper_english_stem (TEMPLATE = snowball, Language = english)"
    )
    op.execute("CREATE TEXT SEARCH CONFIGURATION mapper_english (COPY = english)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION mapper_english "
        "ALTER MAPPING REPLACE english_stem WITH mapper_english_stem"
    )
    op.execute(
        "CREATE FUNCTION mapper_plain(written text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ "
        f"SELECT regexp_replace(translate(written, '{ACCENTED}', '{PLAIN}'), "
        "'[^[:alnum:]]+', ' ', 'g') $$"
    )
    for subject in SUBJECTS:
        _index_postgresql(*subject)


def _index_sqlite(table: str, name: str, rest: str) -> None:
    index = f"{table}_text"
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({name}, {rest}, content='{table}', "
        "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    add = f"INSERT INTO {index}(rowid, {name}, {rest}) VALUES (new.id, new.{name}, new.{rest});"
    remove = (
        f"INSERT INTO {index}({index}, rowid, {name}, {rest}) "
        f"VALUES ('delete', old.id, old.{name}, old.{rest});"
    )
    op.execute(f"CREATE TRIGGER {index}_add AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {index}_remove AFTER DELETE ON {table} BEGIN {remove} END")
    op.execute(
        f"CREATE TRIGGER {index}_change AFTER UPDATE OF {name}, {rest} ON {table} "
        f"WHEN old.{name} <> new.{name} OR old.{rest} <> new.{rest} BEGIN {remove} {add} END"
    )


def _index_postgresql(table: str, name: str, rest: str) -> None:
    index = f"{table}_text"
    op.execute(
        f"CREATE TABLE {index} (id integer PRIMARY KEY REFERENCES {table} (id) ON DELETE CASCADE, "
        "words tsvector NOT NULL)"
    )
    words = (
        "setweight(to_tsvector('mapper_english', mapper_plain({0}.%s)), 'A') || "
        "setweight(to_tsvector('mapper_english', mapper_plain({0}.%s)), 'D')" % (name, rest)
    )
    op.execute(
        f"INSERT INTO {index} SELECT {table}.id, {words.format(table)} FROM {table}"
    )
    op.execute(f"CREATE INDEX ix_{index}_words ON {index} USING gin (words)")
    op.execute(
        f"CREATE FUNCTION {index}_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {index} VALUES (new.id, {words.format('new')}) "
        "ON CONFLICT (id) DO UPDATE SET words = excluded.words; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {index}_add AFTER INSERT ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {index}_write()"
    )
    op.execute(
        f"CREATE TRIGGER {index}_change AFTER UPDATE OF {name}, {rest} ON {table} FOR EACH ROW "
        f"WHEN (old.{name} IS DISTINCT FROM new.{name} OR old.{rest} IS DISTINCT FROM new.{rest}) "
        f"EXECUTE FUNCTION {index}_write()"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, *_ in SUBJECTS:
        for trigger in ("add", "change", *(("remove",) if is_sqlite else ())):
            on = "" if is_sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_text_{trigger}{on}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {table}_text_write()")
        op.execute(f"DROP TABLE {table}_text")
    if not is_sqlite:
        op.execute("DROP FUNCTION mapper_plain(text)")
        op.execute("DROP TEXT SEARCH CONFIGURATION mapper_english")
        op.execute("DROP TEXT SEARCH DICTIONARY mapper_english_stem")

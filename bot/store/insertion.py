"""An INSERT that may meet a row that is there already, in the one spelling that both engines are given."""

# SQLite took its ON CONFLICT from PostgreSQL, and SQLAlchemy writes this construct out for both of them; the one that
# it has for SQLite it can't write out for PostgreSQL.
from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]

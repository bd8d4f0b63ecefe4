"""An INSERT that may meet a row that is there already, in the one spelling that both engines are given."""

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.dml import OnConflictClause

__all__ = ["insert"]

# SQLite took its ON CONFLICT from PostgreSQL, so that PostgreSQL's compiler can write out SQLite's construct but for
# the one field that it lacks. PostgreSQL's own construct would cost each bot on SQLite three megabytes.
setattr(OnConflictClause, "constraint_target", None)  # noqa: B010

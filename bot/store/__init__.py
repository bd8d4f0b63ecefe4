"""The only room that knows SQL: tables, migrations, and one file a table family."""

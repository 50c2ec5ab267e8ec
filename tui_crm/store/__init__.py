"""The book on disk. peewee and SQL live here only."""

"""The rules of following customers up: pure values and functions, no screen, no database, no clock, no files."""

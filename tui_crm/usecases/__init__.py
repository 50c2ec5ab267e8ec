"""What a user can do: one verb, one function, one transaction. Every front end calls these and nothing below."""

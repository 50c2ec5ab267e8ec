"""`crm`: the follow-up list of an export sales rep, in the terminal."""

__version__ = "0.1.0"

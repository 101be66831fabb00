"""The memory: calls and people in SQLite or PostgreSQL."""

"""The message by e-mail."""

"""Pictures, their rights, their sizes."""

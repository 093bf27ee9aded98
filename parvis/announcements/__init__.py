"""What an organisation wants to say, and until when."""

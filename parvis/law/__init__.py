"""French rules as dated parameters."""

"""Pages that mix several apps; owns no rule and no table."""

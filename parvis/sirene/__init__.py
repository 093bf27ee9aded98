"""The national register of establishments: its columns, masks, activity codes, readers."""

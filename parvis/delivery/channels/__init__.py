"""One folder per channel: what turns a Letter into what the person holds. Dataclasses in, bytes out."""

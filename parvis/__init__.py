"""Parvis: say it once; the neighbours who care hear about it, in the way they like, and never too often."""

import sys

# Debian's SQLite lacks the fix for the WAL-reset corruption; pysqlite3 bundles one that has it (decision 0013).
# It must be in place before Django imports its database backend, hence here.
import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

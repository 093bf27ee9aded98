"""Reads a shop's own list of customers, as it is: xlsx, ods, xls, csv or a web page saved under a wrong name.

Pure: no Django, no database, no clock. Nothing is lost on the way: each line below the headings that is not
blank becomes exactly one `CustomerRow` or one `Rejection`. No right is ever guessed here: the reader reports
what is written, the caller decides.
"""

from .reading import read_customers
from .shapes import CustomerRow, Rejection, Sheet, UnreadableSheet

__all__ = ["CustomerRow", "Rejection", "Sheet", "UnreadableSheet", "read_customers"]

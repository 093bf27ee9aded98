import time, cProfile, pstats
from pathlib import Path
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from parvis.contacts.actions.importing import import_customers
from parvis.contacts.spreadsheet import read_customers
from parvis.core import clock
from tests import builders
from tests.builders import BY, TUESDAY
@pytest.mark.django_db
def test_speed():
    with clock.frozen(TUESDAY):
        shop=builders.shop()
        t=time.perf_counter(); sheet=read_customers(Path("/tmp/b2/5000.xlsx"), today=clock.today()); print("read",time.perf_counter()-t)
        for apply in (False, True, True):
            t=time.perf_counter(); p=cProfile.Profile()
            r=import_customers(organisation=shop, sheet=sheet, apply=apply, by=BY)
            print(apply, time.perf_counter()-t, r.created, r.unchanged, r.rights, len(r.rejected))

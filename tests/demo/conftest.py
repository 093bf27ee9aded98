import pytest

from .whole_run import Run, demo_once


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return demo_once(tmp_path_factory.getbasetemp())

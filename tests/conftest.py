"""What every test shares: faults in callbacks fail the test that caused them, and the journal starts empty."""

import logging
import os

import pytest
from hypothesis import settings

from course import content, journal
from widgets import pages

# The same examples every time, so that no run fails by chance; `build test --full` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("default" if os.environ.get("NYKURS_FULL") else "same")


@pytest.fixture(autouse=True)
def no_hidden_fault(request, caplog):
    """ipywidgets swallows faults of button callbacks into a warning; our cards into one of their own."""
    yield
    if request.node.get_closest_marker("faults_expected"):
        return
    hidden = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name in ("traitlets", "nykurs") and record.levelno >= logging.WARNING
    ]
    assert not hidden, hidden


@pytest.fixture(autouse=True, scope="session")
def own_data_folder(tmp_path_factory):
    """Nothing depends on what whoever runs the tests has chosen or kept, and nothing is left there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NYKURS_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def empty_journal():
    """Nothing is left over from another test."""
    journal.live.clear()
    yield
    pages.open_page("", alone=True)
    journal.live.clear()


@pytest.fixture(scope="session")
def words():
    """The words of the interface."""
    return content.words("nb")


@pytest.fixture(scope="session")
def boxes():
    """The fixed texts."""
    return content.support("nb").boxes


@pytest.fixture
def cheap_keys(monkeypatch):
    """Passwords that cost a thousandth of the work, where the work is not what is tested."""
    from course import keeping
    from course.sealing import Cost
    from course.storage import SealedFile

    class Cheap(SealedFile):
        @classmethod
        def create(cls, folder, nickname, password, **more):
            return super().create(folder, nickname, password, Cost(n=2**7), **more)

    monkeypatch.setattr(keeping, "SealedFile", Cheap)

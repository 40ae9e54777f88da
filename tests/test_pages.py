"""Which widgets belong to which page, and what a card leaves behind when its page closes."""

import ipywidgets
from ipywidgets.widgets import widget as ipywidgets_widget

from widgets import pages


def alive(widget):
    return widget.comm is not None and widget.model_id in ipywidgets_widget._instances


def test_closing_a_page_closes_its_widgets_and_no_other_pages():
    pages.open_page("first", alone=True)
    with pages.owned():
        mine = ipywidgets.HTML()
    pages.open_page("second", alone=False)
    with pages.owned():
        theirs = ipywidgets.HTML()
    pages.close_page("first")
    assert not alive(mine)
    assert alive(theirs)


def test_a_page_that_is_alone_closes_what_others_left():
    pages.open_page("left", alone=True)
    with pages.owned():
        orphan = ipywidgets.HTML()
    pages.open_page("new", alone=True)
    assert not alive(orphan)


def test_opening_a_page_again_closes_its_earlier_widgets():
    pages.open_page("page", alone=True)
    with pages.owned():
        earlier = ipywidgets.HTML()
    pages.open_page("page", alone=False)
    assert not alive(earlier)


def test_what_is_made_in_a_callback_belongs_to_the_page_of_its_card():
    pages.open_page("first", alone=True)
    pages.open_page("second", alone=False)
    with pages.owned("first"):
        late = ipywidgets.HTML()
    pages.close_page("first")
    assert not alive(late)


def test_closing_does_what_was_asked_once():
    done = []
    pages.open_page("page", alone=True)
    pages.on_close(lambda: done.append("page"))
    pages.close_page("page")
    pages.close_page("page")
    assert done == ["page"]


def test_the_rehearsal_leaves_no_widget_behind():
    before = set(ipywidgets_widget._instances)
    pages.warm()
    assert set(ipywidgets_widget._instances) == before

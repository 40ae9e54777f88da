"""Controls that are heard at once."""

from widgets.controls import ChoiceGroup, StepList


def test_a_choice_is_heard_before_the_widget_is_synchronised_and_is_not_sent_back():
    group, heard, sent = ChoiceGroup(options=[{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]), [], []
    group.observe(lambda change: heard.append(change["new"]), "chosen")
    group.send_state = lambda key=None: sent.append(key)
    group._handle_custom_msg({"changed": {"chosen": ["b"]}}, [])
    assert (group.chosen, heard, sent) == (["b"], [["b"]], [])


def test_the_same_choice_is_news_once():
    group, heard = ChoiceGroup(options=[{"id": "a", "text": "A"}]), []
    group.observe(lambda change: heard.append(change["new"]), "chosen")
    group._handle_custom_msg({"changed": {"chosen": ["a"]}}, [])
    group.set_state({"chosen": ["a"]})
    assert heard == [["a"]]


def test_a_new_order_is_heard_at_once():
    steps = StepList(items=[{"id": "a", "text": "A"}, {"id": "b", "text": "B"}])
    steps._handle_custom_msg({"changed": {"items": [{"id": "b", "text": "B"}, {"id": "a", "text": "A"}]}}, [])
    assert [item["id"] for item in steps.items] == ["b", "a"]


def test_a_box_that_is_ticked_takes_away_nothing_that_came_meanwhile():
    group = ChoiceGroup(many=True, options=[{"id": name, "text": name} for name in "abc"], chosen=["c"])
    sent = []
    group.send_state = lambda key=None: sent.append(key)
    group._handle_custom_msg({"changed": {"chosen": ["a"]}, "toggled": {"id": "a", "on": True}}, [])
    assert group.chosen == ["a", "c"]
    assert sent  # the page does not know of c yet
    group._handle_custom_msg({"changed": {"chosen": ["c"]}, "toggled": {"id": "a", "on": False}}, [])
    assert group.chosen == ["c"]

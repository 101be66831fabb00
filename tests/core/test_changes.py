from tests.personas import make_persona
from trainer.core.changes import Change, changes
from trainer.drafts import draft_of


def test_equal_contents_have_no_changes() -> None:
    draft = draft_of(make_persona())
    assert changes(draft, draft_of(make_persona())) == []


def test_a_field_is_told_by_its_path() -> None:
    old, new = draft_of(make_persona()), draft_of(make_persona(age=45, competitor=None))
    assert changes(old, new) == [
        Change("age", ("44",), ("45",)),
        Change("competitor", ("Kraftraum",), ()),
    ]


def test_of_a_list_only_the_lines_that_differ_are_told() -> None:
    old = draft_of(make_persona())
    new = draft_of(make_persona(pick_up=["Petersen.", "Ja?", "Guten Tag, Petersen."]))
    assert changes(old, new) == [Change("pick_up", ("Ja, Petersen hier?",), ("Ja?",))]


def test_a_new_order_of_the_same_lines_is_a_change() -> None:
    old, new = {"say": ["eins", "zwei"]}, {"say": ["zwei", "eins"]}
    assert changes(old, new) == [Change("say", ("eins", "zwei"), ("zwei", "eins"))]


def test_spoken_lines_are_told_with_their_mood() -> None:
    old = draft_of(make_persona())
    new = draft_of(make_persona())
    new["facts"]["grade"]["say"][0]["text"] = "Fünf."
    (change,) = changes(old, new)
    assert change.path == "facts.grade.say"
    assert change.after == ("abweisend: Fünf.",)
    assert change.before[0].startswith("abweisend: ") and len(change.before) == 1


def test_checks_are_told_by_their_id_wherever_they_stand() -> None:
    check = {"id": "lead.reason", "weight": 12.0, "enabled": True}
    other = {"id": "lead.steer", "weight": 14.0, "enabled": True}
    old = {"checks": [check, other]}
    new = {"checks": [{**other, "enabled": False}, {**check, "weight": 20.0}]}
    assert changes(old, new) == [
        Change("checks.lead.steer.enabled", ("true",), ("false",)),
        Change("checks.lead.reason.weight", ("12",), ("20",)),
    ]


def test_both_languages_of_a_text_are_one_line() -> None:
    old = {"industry": {"de": "Gas", "en": "Gas"}}
    new = {"industry": {"de": "Strom", "en": "Power"}}
    assert changes(old, new) == [Change("industry", ("Gas",), ("Strom / Power",))]


def test_what_is_new_or_gone_is_told() -> None:
    assert changes({"a": 1}, {"b": 2}) == [Change("b", (), ("2",)), Change("a", ("1",), ())]

import json
from pathlib import Path

import pytest
import yaml

from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue, Mood
from trainer.errors import ContentError
from trainer.nlg.corpus import CORPUS, read_customer_turns
from trainer.nlg.phrase import Origin
from trainer.nlg.phrases import PhraseBank, load_phrases
from trainer.nlg.situation import TRIGGERS

NLG = Path(__file__).parents[2] / "trainer" / "nlg"


def read(name: str) -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((NLG / name).read_text(encoding="utf-8"))


def segments() -> dict[str, frozenset[CustomerAct]]:
    found = {}
    for turn in read_customer_turns():
        for place, segment in enumerate(turn.segments, start=1):
            many = len(turn.segments) > 1
            found[f"{turn.id}.{place}" if many else turn.id] = frozenset(segment.acts)
    return found


def test_every_freely_usable_segment_exists_and_does_what_it_is_listed_for() -> None:
    known = segments()
    for act, by_trigger in read("free.yaml").items():
        for ids in by_trigger.values():
            for phrase_id in ids:
                assert CustomerAct(act) in known[phrase_id], phrase_id


def test_every_excluded_segment_exists_and_is_not_listed_as_free() -> None:
    free = {
        i for by_trigger in read("free.yaml").values() for ids in by_trigger.values() for i in ids
    }
    excluded = {i for ids in read("excluded.yaml").values() for i in ids}
    assert excluded <= set(segments())
    assert not excluded & free


@pytest.mark.parametrize("name", ["free.yaml", "house.yaml"])
def test_triggers_have_known_names(name: str) -> None:
    used = {trigger for by_trigger in read(name).values() for trigger in by_trigger}
    assert used <= TRIGGERS


def test_every_act_has_own_lines_for_every_mood() -> None:
    for act, by_trigger in read("house.yaml").items():
        lines: list[dict[str, str]] = [e for ids in by_trigger.values() for e in ids]  # type: ignore[misc]
        moods = {mood for line in lines for mood in line}
        assert "alle" in moods or set(Mood) <= moods, act
    assert set(read("house.yaml")) == set(CustomerAct)


def test_no_two_lines_of_our_own_are_alike(bank: PhraseBank) -> None:
    texts = [
        phrase.text
        for act, phrases in bank.by_act.items()
        for phrase in phrases
        if phrase.origin is Origin.HOUSE and act in phrase.triggers
    ]
    assert len(texts) > 400
    assert len(texts) == len(set(texts))


def test_each_act_can_fall_back_on_at_least_forty_sentences(bank: PhraseBank) -> None:
    assert set(bank.last_resort) == set(CustomerAct)
    assert min(map(len, bank.last_resort.values())) >= 40


def test_each_cue_and_each_act_is_there(bank: PhraseBank) -> None:
    assert set(bank.cues) == set(Cue)
    assert set(bank.by_act) == set(CustomerAct)
    assert all(bank.by_act.values())


def test_the_version_changes_with_the_corpus(bank: PhraseBank, tmp_path: Path) -> None:
    lines = (CORPUS / "customer_1.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    (tmp_path / "customer_1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert load_phrases(tmp_path).version != bank.version


def test_a_broken_corpus_line_is_named(tmp_path: Path) -> None:
    broken = {"id": "x", "context": "", "style": "laut", "mood": "neutral", "segments": []}
    (tmp_path / "customer_1.jsonl").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(ContentError, match=r"customer_1.jsonl: line 1: style"):
        load_phrases(tmp_path)


def test_an_empty_corpus_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"customer_\*\.jsonl"):
        load_phrases(tmp_path)

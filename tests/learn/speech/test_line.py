from random import Random

from trainer.learn.speech.line import common_stems, keywords

COMMON = common_stems(["der Kurs und die Zeit und der Preis und die Zeit"], 6)


def note(text: str, *known: str) -> set[str]:
    return set(keywords(text, COMMON, known, Random(2)).split(", ")) - {""}


def test_common_words_need_no_note() -> None:
    assert note("Der Kurs und die Zeit!") == set()


def test_rare_words_stand_in_the_note_once() -> None:
    assert note("Die Lupe, die Lupe und der Kurs.") == {"Lupe"}


def test_words_the_talk_has_brought_up_need_no_note() -> None:
    assert note("Die Lupe und der Akkuschrauber.", "Brauchen Sie eine Lupe?") == {"Akkuschrauber"}

"""Judges each sentence a language model proposes before anybody sees it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from trainer.core.acts import CustomerAct, Speaker
from trainer.core.plan import Fact, Length, Move
from trainer.core.turn import Recognizer
from trainer.nlg.brief import Brief, notes
from trainer.nlg.heard import Heard
from trainer.nlg.incidental import ADDRESS
from trainer.nlg.lexicon import load_lexicon
from trainer.nlg.words import content_stems, fold, numbers, sentences, stem, tokens


class Fault(StrEnum):
    """Why a sentence is refused."""

    INCOMPLETE = "incomplete"
    TOO_LONG = "too_long"
    NOT_GERMAN = "not_german"
    DU_FORM = "du_form"
    OUT_OF_CHARACTER = "out_of_character"
    INVENTED_NUMBER = "invented_number"
    INVENTED_DATE = "invented_date"
    INVENTED_NAME = "invented_name"
    UNPLANNED_FACT = "unplanned_fact"
    REPEATED = "repeated"
    WRONG_ACT = "wrong_act"
    UNWRITTEN = "unwritten"


LONGEST_SENTENCE = 45
"""Words; the longest hand-written sentences have about that many."""

LONGEST_TURN = {Length.SHORT: 25, Length.MEDIUM: 60, Length.LONG: 110}

DECISIVE = frozenset(
    (
        CustomerAct.ACCEPT,
        CustomerAct.ACCEPT_NEXT_STEP,
        CustomerAct.DECLINE,
        CustomerAct.OPT_OUT,
        CustomerAct.HANG_UP,
        CustomerAct.FAREWELL,
        CustomerAct.RETURN_YES,
        CustomerAct.RETURN_NO,
    )
)
"""Acts that decide the call; no sentence may do one of these unplanned."""

_COMPANY = frozenset((CustomerAct.ELABORATE, CustomerAct.OTHER, CustomerAct.CHITCHAT))
"""Acts that may accompany any plan."""

_DU = re.compile(r"\b(?:du|dich|dir|deine?[nmrs]?|euch|eure?[nmrs]?)\b|\b\w+st du\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:als (?:eine? )?(?:ki|künstliche intelligenz|sprachmodell|assistent\w*|chatbot)|"
    r"sprachmodell|language model|system ?prompt|prompt|openai|chatgpt|rollenspiel|simulation|"
    r"trainee|trainings?gespräch|ich bin (?:eine? )?(?:ki|bot|chatbot|maschine|programm)|"
    r"kund(?:e|in):|agent:|user:|assistant:)|[<>{}\[\]#*_|]|https?:",
    re.IGNORECASE,
)
_FOREIGN_LETTER = re.compile(r"[^\W\d_a-zA-ZäöüßÄÖÜéèêáàçñğışİŞøåæœôîûë]")
_COMPLETE = re.compile(r"[.!?…]+[“\"”’')]*$")
_TITLED = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Familie)\s+([A-ZÄÖÜ][\w-]+)")
_CAPITAL = re.compile(r"(?<=[\wäöüß,;] )[A-ZÄÖÜ][\wäöüß-]+")
_ADDRESS = ADDRESS | {"Ja", "Nein"}
_RING = 4
_QUOTE = 5
"""So many words in a row are no coincidence."""

_FACT_SHARE = 0.5
"""Share of an unplanned note's own words from which a sentence gives the fact away."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence.

    Attributes:
        fault: None for a sentence that may be shown.
        acts: The acts recognised in it.
    """

    fault: Fault | None
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences against the plan.

    Attributes:
        vocabulary: Stems that are no names: the words of the corpus.
    """

    recognizer: Recognizer
    vocabulary: frozenset[str]

    def judge(self, sentence: str, brief: Brief, heard: Heard, *, said_words: int) -> Verdict:
        """Judges one sentence.

        Args:
            sentence: The sentence, trimmed.
            brief: What was asked for.
            heard: The customer's words so far, those of this turn included.
            said_words: Words of this turn that were shown already.
        """
        fault = self._form(sentence, brief.plan.length, said_words)
        if fault is None and not self._is_german(tokens(sentence)):
            fault = Fault.NOT_GERMAN
        fault = fault or self._content(sentence, brief, _known(brief))
        if fault is None and heard.resembles(sentence):
            fault = Fault.REPEATED
        if fault is not None:
            return Verdict(fault)
        acts = self._acts(sentence, brief)
        return Verdict(None if _planned(acts, brief.plan.acts) else Fault.WRONG_ACT, acts)

    def judge_line(
        self,
        line: str,
        move: Move,
        brief: Brief,
        heard: Heard,
        *,
        said_words: int,
        material: Sequence[str],
    ) -> Verdict:
        """Judges all that the shipped model says for one move.

        A model this small makes up words and facts of its own, so any two words in a row must
        stand in the German lines it was given. A line that is one of them does what it was
        written for; what a new one does must be recognised.

        Args:
            line: One or more sentences.
            move: What they must do.
            brief: The turn the move belongs to.
            heard: The customer's words so far, those of this turn included.
            said_words: Words of this turn that were shown already.
            material: Lines written for such a move, true of this customer.
        """
        for sentence in sentences(line) or [""]:
            fault = self._form(sentence, brief.plan.length, said_words)
            if fault is not None:
                return Verdict(fault)
        if not _pairs(line) <= {pair for written in material for pair in _pairs(written)}:
            return Verdict(Fault.UNWRITTEN)
        if _gives_away(line, brief, " ".join((_known(brief), *material))):
            return Verdict(Fault.UNPLANNED_FACT)
        if heard.resembles(line) or _goes_in_circles(line):
            return Verdict(Fault.REPEATED)
        if line in material:
            return Verdict(None, frozenset({move.act}))
        acts = self._acts(line, brief)
        fits = move.act in acts and not acts & (DECISIVE - set(brief.plan.acts))
        return Verdict(None if fits else Fault.WRONG_ACT, acts)

    def _form(self, sentence: str, length: Length, said_words: int) -> Fault | None:
        words = tokens(sentence)
        if not words or not _COMPLETE.search(sentence):
            return Fault.INCOMPLETE
        if len(words) > LONGEST_SENTENCE or said_words + len(words) > LONGEST_TURN[length]:
            return Fault.TOO_LONG
        if _FOREIGN_LETTER.search(sentence):
            return Fault.NOT_GERMAN
        if _DU.search(sentence):
            return Fault.DU_FORM
        return Fault.OUT_OF_CHARACTER if _ROLE.search(sentence) else None

    def _is_german(self, words: Sequence[str]) -> bool:
        lexicon = load_lexicon()
        lowered = [word.lower() for word in words]
        english = sum(word in lexicon.english_words for word in lowered)
        german = sum(word in lexicon.function_words for word in lowered)
        known = sum(stem(word) in self.vocabulary for word in words)
        return english <= german and (german > 0 or 2 * known >= len(words))

    def _content(self, sentence: str, brief: Brief, known: str) -> Fault | None:
        dates = load_lexicon().dates & set(map(str.lower, tokens(sentence)))
        if not frozenset(map(stem, dates)) <= content_stems(known):
            return Fault.INVENTED_DATE
        if not numbers(sentence) <= numbers(known):
            return Fault.INVENTED_NUMBER
        if not self._names(sentence) <= frozenset(map(stem, tokens(known))):
            return Fault.INVENTED_NAME
        if _gives_away(sentence, brief, known) or _quotes_hidden(sentence, brief):
            return Fault.UNPLANNED_FACT
        return None

    def _names(self, sentence: str) -> frozenset[str]:
        titled = set(_TITLED.findall(sentence))
        capital = set(_CAPITAL.findall(sentence)) - _ADDRESS
        unknown = {word for word in capital if stem(word) not in self.vocabulary}
        return frozenset(map(stem, titled | unknown))

    def _acts(self, sentence: str, brief: Brief) -> frozenset[str]:
        segments = self.recognizer.label(
            sentence, speaker=Speaker.CUSTOMER, context=brief.last_words or None
        )
        return frozenset(act for segment in segments for act in segment.acts)


def _planned(acts: frozenset[str], planned: Iterable[CustomerAct]) -> bool:
    wanted = frozenset(planned)
    return bool(acts & (wanted | _COMPANY)) and not acts & (DECISIVE - wanted)


def _known(brief: Brief) -> str:
    """All that numbers, names and dates may be taken from."""
    persona = brief.persona
    heard = " ".join(turn.text for turn in brief.talk)
    own = (persona.full_name, persona.company, persona.competitor or "", persona.card.lost_for)
    return " ".join((heard, *own, *notes(brief.plan.moves, persona)))


def _pairs(line: str) -> set[tuple[str, str]]:
    """Returns the pairs of neighbouring words; the line's beginning and end count as words."""
    words = ["", *map(fold, tokens(line)), ""]
    return set(pairwise(words))


def _goes_in_circles(line: str) -> bool:
    """Whether four words in a row come twice: stretches that fit one another can form a ring."""
    words = [fold(word) for word in tokens(line)]
    runs = list(zip(*(words[at:] for at in range(_RING)), strict=False))
    return len(set(runs)) < len(runs)


def _gives_away(sentence: str, brief: Brief, known: str) -> bool:
    common, words = content_stems(known), content_stems(sentence)
    hidden = (fact for fact in Fact if fact not in brief.plan.facts)
    return any(_shares(words, content_stems(brief.persona.facts[f].note) - common) for f in hidden)


def _quotes_hidden(sentence: str, brief: Brief) -> bool:
    """Whether words in a row stand in a line of a fact that is not to be told, and in no turn."""
    own = _runs(sentence) - {run for turn in brief.talk for run in _runs(turn.text)}
    facts = brief.persona.facts
    hidden = (
        line.text for fact in Fact if fact not in brief.plan.facts for line in facts[fact].say
    )
    return bool(own) and any(own & _runs(line) for line in hidden)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [fold(word) for word in tokens(text)]
    return set(zip(*(words[at:] for at in range(_QUOTE)), strict=False))


def _shares(words: frozenset[str], secret: frozenset[str]) -> bool:
    hits = len(words & secret)
    return hits >= 2 and hits / len(secret) >= _FACT_SHARE

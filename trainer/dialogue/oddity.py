"""What is odd about a trainee's turn: silence, gibberish, another language, orders, and so on.

Rough by intent: it must be quick, explainable and rather miss an oddity than accuse a trainee.
"""

import re
from collections import Counter
from collections.abc import Sequence

from trainer.core.plan import Cue
from trainer.core.turn import Turn
from trainer.dialogue.machinery import is_disguised, is_familiar, is_for_a_program
from trainer.dialogue.weights import WEIGHTS

_WORD = re.compile(r"[^\W\d_]+")

_IMPROBABLE = re.compile(
    r"q[^uv]|j[bcdfghjklmnpqrstvwxz]|[vx][bdgjkmqwxz]|(.)\1{3}|[bcdfghjklmnpqrstvwxz]{7}"
    r"|w[bcdfgjkmpqtvxz]|y[jqx]|[fgjk]q|asdf|sdfg|dfgh|fghj|hjkl|qwer|yxcv|xcvb|cvbn"
)
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèâêîôûåøœæ]")

_STOPWORDS = {
    "de": (
        "ich sie wir und oder aber nicht ist sind war haben hat hätte wäre kann können der das "
        "dem den ein eine einen ihnen ihr ihre uns mir mich bei mit für von zu zum zur auf im "
        "auch noch mal ja nein doch denn wie warum wann wer gut guten danke bitte herr frau"
    ),
    "en": (
        "the you your and is are this that what have has with we do does please hello can could "
        "would my me of to for why how i'm don't it they our say tell give show print now times "
        "every only from then who which or if"
    ),
    "fr": "je vous nous le les est et pas pour bonjour que qui avec dans une des mais merci votre",
    "es": "el los las usted que por para con hola una pero como muy gracias su está señor señora",
    "it": "il lo gli che per con sono una buongiorno grazie non ma come perché lei signora signor",
    "tr": "bir ve için ben siz merhaba nasıl ne bu çok değil evet hayır mı musunuz sizi efendim",
    "pl": "się nie jest to na dzień dobry pan pani czy jak dlaczego proszę dziękuję my ale",
}
_LANGUAGES = {name: frozenset(words.split()) for name, words in _STOPWORDS.items()}

_ORDER = re.compile(
    r"\b(ignor\w+|vergiss|vergessen sie|missachte|überschreibe)\b.{0,40}"
    r"\b(anweisung|instruktion|instruction|vorgabe|regel|rolle|prompt)\w*"
    r"|\bsystem[ -]?prompt\b|\bdein(e[nrms]?)? (prompt|anweisung|instruktion|rolle)\w*"
    r"|\b(ab jetzt|von nun an) bist du\b|\bdu bist (jetzt|ab sofort|kein[e]? kund)\w*"
    r"|\b(ignore|disregard|forget)\b.{0,40}\b(instruction|rule|prompt)s?\b"
    r"|\b(jailbreak|developer mode|entwicklermodus)\b|\bspiel(e|en sie)? (ab jetzt )?die rolle\b"
    r"|<\|?(im_start|system|assistant|user)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROBOT = re.compile(
    r"\b((sind|seid) (sie|ihr)|bist du|(spreche|rede|schreibe|telefoniere) ich (hier |da |jetzt )?"
    r"(gerade )?mit|habe? ich (hier|da) )\b.{0,25}\b(roboter|bot|chatbot|ki|computer|maschine|"
    r"automat|sprachmodell|k[üu]nstliche[nr]? intelligenz|echte?r? mensch|programm|ai|llm|chatgpt)"
    r"\b"
    r"|\bare you (a |an )?(real|robot|bot|ai|human|machine)\b",
    re.IGNORECASE,
)


NO_TALK = frozenset(
    (
        *(Cue.SILENCE, Cue.GIBBERISH, Cue.FOREIGN_LANGUAGE),
        *(Cue.ORDER, Cue.ROBOT_QUESTION, Cue.FAMILIAR),
    )
)
"""Nothing in such a turn wins trust, gets an answer or counts as an offer."""


def find_oddity(turn: Turn) -> Cue | None:
    """Returns what is odd about the turn as such, or None.

    Repeated and stacked questions depend on the talk so far; `hearing` finds those.
    """
    text = turn.text
    words = _WORD.findall(text.lower())
    if not words:
        return Cue.SILENCE
    if _ORDER.search(text):
        return Cue.ORDER
    if _ROBOT.search(text):
        return Cue.ROBOT_QUESTION
    if is_for_a_program(text):
        return Cue.ORDER
    if is_disguised(text) or _is_gibberish(words):
        return Cue.GIBBERISH
    if _is_foreign(words):
        return Cue.FOREIGN_LANGUAGE
    if is_familiar(text):
        return Cue.FAMILIAR
    if len(words) > WEIGHTS.monologue_words:
        return Cue.TOO_LONG
    if not turn.acts:
        return Cue.UNSURE
    return None


def count_words(text: str) -> int:
    """Returns the number of words, numbers left out."""
    return len(_WORD.findall(text))


def _is_gibberish(words: Sequence[str]) -> bool:
    if _is_stuck(words):
        return True
    long_enough = [word for word in words if len(word) > 3]
    odd = sum(_is_improbable(word) for word in long_enough)
    return bool(long_enough) and odd / len(words) >= WEIGHTS.gibberish_share


def _is_improbable(word: str) -> bool:
    return bool(_IMPROBABLE.search(word)) or not _VOWEL.search(word)


def _is_stuck(words: Sequence[str]) -> bool:
    most = Counter(words).most_common(1)[0][1]
    return most >= WEIGHTS.stuck_repeats and most / len(words) > WEIGHTS.gibberish_share


def _is_foreign(words: Sequence[str]) -> bool:
    if _is_other_script(words):
        return True
    hits = {name: sum(word in known for word in words) for name, known in _LANGUAGES.items()}
    german = hits.pop("de")
    return max(hits.values()) >= max(2, 2 * german + 1)


def _is_other_script(words: Sequence[str]) -> bool:
    letters = "".join(words)
    latin = sum(letter < "\u0250" for letter in letters)
    return latin / len(letters) < WEIGHTS.latin_share

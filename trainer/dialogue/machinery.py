"""Turns that are meant for a program and not for a person on the telephone.

Nobody can pronounce a curly bracket, and nobody who wins customers back speaks of prompts and
personas with them. What such a turn asks for the customer does not even take for a question.
"""

import re

_UNSPEAKABLE = re.compile(r"[{}<>\[\]|\\_]|#{2,}|\$\w|-{5,}|(?<![\w%])[a-z_]+ ?= ?(?:\S|$)")

_ABOUT_THE_PROGRAM = re.compile(
    r"\b(?:persona|(?:system)?prompts?|chat-?bots?|sprachmodelle?\w*|language model|llm|chatgpt|"
    r"trainings?programm|rollenspiel|jailbreak|json|html|sql|python\w*|codeblock|"
    r"code block|context window|rot13|base64|factory settings|werkseinstellung\w*|"
    r"vertrauenswert\w*|trust score|dialogue state|rubric|regieanweisung|stage direction|"
    r"lückentext|cloze|entwicklermodus|developer mode|maintenance access|wartungszugang|"
    r"wartungsmodus|freigabecode|override code|befehlszeile)\b"
    r"|\b(?:ich bin|i am the) administrator\b|\b(?:drehbuch|übungsfigur|losung)\b"
    r"|\b(?:im|dem|ihr) skript\b|\bintern\w* (?:notizen|daten|angaben|felder|vorgaben)\b"
    r"|\b(?:datei|text)\b.{0,20}\baus (?:der|dem) (?:sie|du)\b|\bpunkte habe ich bei\b"
    r"|\b(?:antworten|satz|anweisungen)\b.{0,30}\b(?:ihnen|dir)\b.{0,40}\b(?:vor)?gegeben\b"
    r"|\balles (?:sagen|verraten)\b.{0,20}\bverboten\b"
    r"|\bwer\b.{0,12}\b(?:dich|sie)\b.{0,12}\b(?:programmiert|trainiert)\b|\bprogrammed you\b"
    r"|\b(?:beende|end|bist|eine?|the|diese) (?:der |die |the )?simulation\b(?! sehen)"
    r"|\brubrik\b.{0,20}\bbewertet\b"
    r"|^\s*(?:kund(?:e|in)|customer|agent|trainee|user|assistant|system):"
    r"|\b(?:prüfer|auswertung|bewertung|grader|evaluation)\b.{0,40}\b(?:stufe|level|punkte|points|"
    r"bestanden|passed|prinzipien|principles|result)\b",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)

_LEET = re.compile(r"\b[a-zäöü]*\d+[a-zäöü]+\d*[a-zäöü]*\b", re.IGNORECASE)
_LEET_WORDS = 3
_SPACED = re.compile(r"(?:\b[^\W\d_]\s+){6}")

_DU = re.compile(
    r"(?<!ach )\b(?:du|dich|dir|deine?[nmrs]?)\b(?! (?:meine|liebe[rs]?|grüne|je)\b)", re.IGNORECASE
)
_SIE = re.compile(r"\b(?:Sie|Ihnen|Ihre?[nmrs]?)\b")
_SIE_TYPED_SMALL = re.compile(r"\b(?:sie|ihnen|ihre?[nmrs]?)\b")
_COMMAND = re.compile(
    r"(?:^|[.!?:;,\n])\s*(?:und |jetzt |bitte )*(?:sag|antworte|gib|nenne?|zeige?|schreibe?|"
    r"erzähle?|lies|wiederhole|sprich(?! eine)|ergänze|vervollständige|buchstabiere|beweise|"
    r"vergiss|ignoriere|überschreibe|missachte|setze?|erhöhe|trage?|spring|beende|übersetze|spiele?|"
    r"tu so|stell|lade?|ruf|beginne|fasse|gehorche|zitiere|führ|vermerk)\b"
    r"(?!:|,? was\b| (?:ich|wir|niemals|einmal)\b)",
    re.IGNORECASE,
)


def is_for_a_program(text: str) -> bool:
    """Whether a turn has characters that cannot be spoken, or is about the program behind it."""
    return bool(_UNSPEAKABLE.search(text) or _ABOUT_THE_PROGRAM.search(text))


def is_disguised(text: str) -> bool:
    """Whether words are written with figures or blanks in them, so that no list finds them."""
    return bool(_SPACED.search(text)) or len(_LEET.findall(text)) >= _LEET_WORDS


def is_familiar(text: str) -> bool:
    """Whether a turn says du to somebody it says Sie to nowhere."""
    polite = (_SIE_TYPED_SMALL if text.islower() else _SIE).search(text)
    return not polite and bool(_DU.search(text) or _COMMAND.search(text))

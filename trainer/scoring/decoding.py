"""Bytes to text, whatever program wrote them."""

import codecs
import re

from trainer.errors import TranscriptError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What ä, ö, ü, ß and quotation marks become when UTF-8 is read as Windows-1252.
_MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œ]|â€")


def decode(content: bytes) -> str:
    """Returns the text with plain line ends; text that was decoded wrongly before is repaired.

    Raises:
        TranscriptError: The bytes are no text.
    """
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.count("\ufffd") > len(text) // 100:
        raise TranscriptError("this is no readable text; save the transcript as UTF-8 text", "text")
    return _repaired(text).replace("\r\n", "\n").replace("\r", "\n")


def _repaired(text: str) -> str:
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text

"""Tries a model once, for whoever sets it up."""

from time import perf_counter

from trainer.llm.base import LLM, Message, Sampling

_GREETING = (Message("user", "Guten Tag, hier ist Lena Vogt."),)


def seconds_to_first_words(llm: LLM) -> float:
    """Asks a model for a few words and returns how long the first took.

    Raises:
        LLMError: It does not answer; the message says why and what to do.
    """
    began = perf_counter()
    stream = llm.stream(_GREETING, Sampling(max_tokens=8))
    next(stream)
    waited = perf_counter() - began
    for _ in stream:
        pass
    return waited

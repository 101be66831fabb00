"""Agents who do not follow the guide, each in a way of their own."""

from trainer.core.acts import CustomerAct
from trainer.simulation.agent import Agent, Heard
from trainer.simulation.wordings import load_wordings

C = CustomerAct

_HARM = ("contradict", "pressure", "blame", "disparage")
_NOT_STUFFED = frozenset(
    (
        *_HARM,
        *("overpromise", "farewell", "vague_close", "respect_optout", "chitchat", "silence"),
        *("pitch", "inform_pitch", "rephrase"),
    )
)
_STUFFED = 7
"""So many sentences of all kinds a stuffer packs into one turn."""


def weak(agent: Agent, heard: Heard) -> str:
    """Pitches at once, asks little, throws discounts, now and then contradicts or presses."""
    if agent.won or agent.lost:
        return agent.say("farewell")
    if agent.once("opening"):
        return agent.say("greet", "introduce", "pitch", "offer_discount")
    if agent.chance(0.2):
        return agent.say(agent.rng.choice(_HARM))
    if heard.objection is not None:
        return agent.say(agent.rng.choice(("offer_discount", "answer_cost", "ask_commitment")))
    if agent.done.total() > 12:
        return agent.say("vague_close")
    agent.done["turns"] += 1
    pool = ("ask_closed", "offer_gift", "offer_discount", "ask_commitment", "inform_pitch")
    return agent.say(agent.rng.choice((*pool, "ask_reason")))


def stuffer(agent: Agent, heard: Heard) -> str:
    """Says everything that is good in every turn, whatever the customer says."""
    good = [intent for intent in load_wordings() if intent not in _NOT_STUFFED]
    return agent.say(*agent.rng.sample(good, _STUFFED))


def pushy(agent: Agent, heard: Heard) -> str:
    """Knows the opening and the right words, and presses for the signature from then on."""
    if agent.won:
        return agent.say("confirm_terms", "farewell")
    if agent.once("opening"):
        return agent.say("greet", "introduce", "state_reason")
    if agent.once("reason"):
        return agent.say("ask_reason")
    if heard.objection is not None and agent.chance(0.5):
        return agent.say(f"answer_{heard.objection}", "ask_commitment")
    if agent.once("offer"):
        return agent.say("offer_service", "ask_commitment")
    return agent.say(*(("pressure",) if agent.chance(0.6) else ()), "ask_commitment")


def aimless(agent: Agent, heard: Heard) -> str:
    """Is polite, chats, shows understanding, and never gets to the point."""
    if agent.once("opening"):
        return agent.say("greet", "introduce")
    if heard.has(C.ASK_WHO):
        return agent.say("introduce", "chitchat")
    if heard.objection is not None or heard.has(C.COMPLAIN):
        return agent.say("acknowledge", "chitchat")
    return agent.say(*(("appreciate",) if agent.chance(0.2) else ()), "chitchat")


def silent(agent: Agent, heard: Heard) -> str:
    """Says next to nothing."""
    return agent.say("silence")


def discount(agent: Agent, heard: Heard) -> str:
    """Asks for the reason and answers whatever it is with money off."""
    if agent.won or agent.lost:
        return agent.say("appreciate", "farewell")
    if agent.once("opening"):
        return agent.say("greet", "introduce", "state_reason")
    if agent.once("reason") or (not agent.reason and agent.done["reason"] < 3):
        return agent.say("acknowledge", "ask_reason")
    if heard.objection is not None:
        return agent.say("acknowledge", "offer_discount", "check_resolved")
    if heard.has(C.ASK_PRICE, C.ASK_DETAILS):
        return agent.say("inform_price", "benefit")
    agent.done["asks"] += 1
    if agent.done["asks"] > 7:
        return agent.say("farewell")
    return agent.say("offer_discount" if agent.done["asks"] % 2 else "ask_commitment")

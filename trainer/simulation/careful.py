"""Agents who mean to follow the guide: one who can, one who half does."""

from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue
from trainer.simulation.agent import Agent, Heard
from trainer.simulation.needs import offers_by_need

C = CustomerAct

_QUESTIONS = (
    "ask_reason",
    "probe",
    "ask_positives",
    "ask_priority",
    "ask_never_again",
    "ask_conditions",
    "ask_care_points",
)
_ASKS_BORNE = 4
"""How often a skilled agent asks for the decision before taking the no."""
_OFFERS_MADE = 3
"""How many things a skilled agent offers while the customer shows no interest."""


def skilled(agent: Agent, heard: Heard) -> str:
    """Opens fully, asks one by one, looks behind objections, offers what fits, asks, confirms."""
    if agent.won or agent.lost:
        return _part(agent, heard)
    if agent.once("opening"):
        return agent.say("greet", "introduce", "state_reason", "ask_permission")
    return (
        _clear_up(agent, heard)
        or _treat(agent, heard)
        or _soothe(agent, heard)
        or _analyse(agent, heard)
        or _close(agent, heard)
    )


def average(agent: Agent, heard: Heard) -> str:
    """Opens decently, asks a few questions, answers objections but seldom looks behind them.

    Listens with half an ear: every other answer is passed over, every other offer is a guess.
    """
    if agent.won or agent.lost:
        return agent.say("appreciate", "farewell")
    if agent.once("opening"):
        return agent.say("greet", "introduce", "state_reason")
    if heard.has(C.ASK_WHO):
        return agent.say("introduce", "state_reason")
    if heard.objection is not None:
        return _answer_plainly(agent, heard)
    if heard.has(C.COMPLAIN):
        return agent.say("apologize")
    if heard.has(C.ASK_PRICE, C.ASK_DETAILS):
        return agent.say("inform_price" if heard.has(C.ASK_PRICE) else "inform_details")
    return _sell_plainly(agent)


def _part(agent: Agent, heard: Heard) -> str:
    if agent.lost:
        if heard.has(C.OPT_OUT):
            return agent.say("respect_optout", "farewell")
        return agent.say("respect_optout", "appreciate", "farewell")
    if agent.once("terms"):
        return agent.say("confirm_terms")
    return agent.say("appreciate", "farewell")


def _clear_up(agent: Agent, heard: Heard) -> str | None:
    """Questions of the customer and misunderstandings come first."""
    if heard.has(C.CONFUSED):
        return agent.say("rephrase", "ask_reason" if not agent.reason else "ask_priority")
    if Cue.NUMBER in heard.cues:
        return agent.say("inform_number", "state_reason")
    if Cue.IN_WRITING in heard.cues:
        return agent.say("inform_writing", "check_resolved")
    if heard.has(C.ASK_WHO):
        return agent.say("introduce", "state_reason")
    if heard.has(C.ASK_PRICE) and heard.objection is None:
        return agent.say("inform_price", *_onwards(agent))
    if heard.has(C.ASK_DETAILS) and heard.objection is None:
        return agent.say("inform_details", *_onwards(agent))
    return None


def _onwards(agent: Agent) -> tuple[str, ...]:
    """After an answer a skilled agent asks whether it helped, or what comes of it."""
    if agent.open_topic is not None:
        return ("check_resolved",)
    return ("benefit",) if agent.offered else ()


def _ducks(heard: Heard) -> bool:
    return heard.has(C.EVADE) and Cue.REPEATED_QUESTION not in heard.cues


def _treat(agent: Agent, heard: Heard) -> str | None:
    topic = heard.objection
    if topic is None:
        if agent.open_topic is not None and _ducks(heard) and agent.done["evaded"] < 2:
            agent.done["evaded"] += 1
            return agent.say("acknowledge", "isolate")
        if agent.open_topic is not None and heard.has(C.CHALLENGE):
            return agent.say("acknowledge", f"answer_{agent.open_topic}", "check_resolved")
        return None
    agent.done[topic] += 1
    if agent.done[topic] % 2:
        return agent.say("acknowledge", "isolate")
    return agent.say("acknowledge", f"answer_{topic}", "check_resolved")


def _soothe(agent: Agent, heard: Heard) -> str | None:
    if heard.has(C.COMPLAIN, C.REFUSE_TALK):
        return agent.say("accept_criticism", "apologize")
    if heard.has(C.CHALLENGE) and agent.done["soothed"] < 3:
        agent.done["soothed"] += 1
        return agent.say("acknowledge", "accept_criticism", *_next_question(agent))
    if heard.has(C.GIVE_REASON) and agent.once("sorry"):
        agent.asked.append("probe")
        return agent.say("apologize", "probe")
    return None


def _next_question(agent: Agent) -> tuple[str, ...]:
    """Returns the next question of the plan; the reason again, other words, while it is owed."""
    if not agent.reason and agent.asked and agent.done["ask_reason"] < 3:
        due = "ask_positives" if agent.once("detour") else "ask_reason"
    else:
        due = next((question for question in _QUESTIONS if question not in agent.asked), "")
    if not due:
        return ()
    agent.done[due] += 1
    agent.asked.append(due)
    return (due,)


def _analyse(agent: Agent, heard: Heard) -> str | None:
    question = _next_question(agent)
    if question:
        warm = "set_agenda" if not agent.asked[1:] else agent.rng.choice(_WARM)
        return agent.say(warm, *question)
    if agent.once("summary"):
        return agent.say("summarize")
    if heard.has(C.RETURN_YES, C.RETURN_MAYBE, C.RETURN_NO):
        agent.done["return"] += 1
    return agent.say("ask_return_if") if agent.once("return") else None


_WARM = ("acknowledge", "appreciate", "acknowledge", "accept_criticism")


def _close(agent: Agent, heard: Heard) -> str:
    if not agent.liked and len(agent.offered) < _OFFERS_MADE:
        offer = next(o for o in offers_by_need(agent.told) if o not in agent.offered)
        agent.offered.append(offer)
        return agent.say(offer, "benefit")
    agent.done["asks"] += 1
    if agent.done["asks"] > _ASKS_BORNE:
        return agent.say("appreciate", "farewell")
    return agent.say("ask_commitment" if agent.done["asks"] != 3 else "next_step")


def _answer_plainly(agent: Agent, heard: Heard) -> str:
    if agent.chance(0.25):
        return agent.say("acknowledge", "isolate")
    understanding = ("acknowledge",) if agent.chance(0.5) else ()
    check = ("check_resolved",) if agent.chance(0.3) else ()
    return agent.say(*understanding, f"answer_{heard.objection}", *check)


def _sell_plainly(agent: Agent) -> str:
    planned = agent.limits.setdefault("questions", agent.rng.choice((2, 3, 4)))
    left = [question for question in _QUESTIONS[:planned] if question not in agent.asked]
    if left:
        agent.asked.append(left[0])
        return agent.say(*(("acknowledge",) if agent.chance(0.4) else ()), left[0])
    if len(agent.offered) < 2:
        ranked = offers_by_need(agent.told)
        offer = ranked[0] if agent.chance(0.5) else agent.rng.choice(ranked)
        agent.offered.append(offer)
        return agent.say(offer, *(("benefit",) if agent.chance(0.5) else ()))
    agent.done["asks"] += 1
    return agent.say("ask_commitment" if agent.done["asks"] <= 3 else "farewell")

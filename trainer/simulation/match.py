"""Plays one call: a scripted agent's words against a customer's, as in the app."""

from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from trainer.call import Call, Reaction, transcribe
from trainer.core.acts import CustomerAct
from trainer.core.persona import ChurnReason, ObjectionKind, Persona
from trainer.core.plan import Ending
from trainer.core.rubric import Rubric
from trainer.core.turn import Turn
from trainer.dialogue.state import DialogueState, Stage
from trainer.nlg.words import normalize, sentences, tokens
from trainer.scoring.assessor import assess
from trainer.simulation.agent import Agent, Card, Heard
from trainer.simulation.record import Line, Record
from trainer.simulation.skills import SKILLS

LAST_TURN = 60
_RESISTING = frozenset(act for act in CustomerAct if act.startswith("object_")) | {
    CustomerAct.REFUSE_TALK,
    CustomerAct.OPT_OUT,
    CustomerAct.HANG_UP,
    CustomerAct.EVADE,
    CustomerAct.COMPLAIN,
    CustomerAct.CHALLENGE,
    CustomerAct.DECLINE,
    CustomerAct.RETURN_NO,
    CustomerAct.DISCONFIRM,
}
_DIGGING = frozenset(("ask_reason", "probe", "isolate"))
_ASKED_BY = {
    CustomerAct.GIVE_REASON: _DIGGING,
    CustomerAct.ELABORATE: _DIGGING,
    CustomerAct.GIVE_FOR_TOP_GRADE: frozenset(("ask_for_top_grade",)),
    **{
        CustomerAct(f"give_{fact}"): frozenset((f"ask_{fact}",))
        for fact in (
            *("grade", "positives", "conditions", "priority"),
            *("care_points", "never_again"),
        )
    },
    **dict.fromkeys(
        (CustomerAct.RETURN_YES, CustomerAct.RETURN_NO),
        frozenset(("ask_return_if", "ask_commitment", "next_step")),
    ),
}
"""What an agent must have meant to ask for an answer to be one."""
_GOODBYES = (CustomerAct.FAREWELL, CustomerAct.HANG_UP)
_WEIGHTY = 4
"""Words from which a sentence counts as said again."""


@dataclass
class _Table:
    """A call in play and what is counted along the way."""

    call: Call
    talk: list[Turn] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    resisted: int = 0
    repeats: int = 0
    unasked: int = 0
    abrupt: bool = False
    argued: int = 0
    argued_back: int = 0
    decided_at: int | None = None
    trust: list[float] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)

    def pick_up(self) -> Reaction:
        reaction = self.call.pick_up()
        self._answer(reaction)
        return reaction

    def exchange(self, agent: Agent, heard: Heard, before: Reaction, skill: str) -> Reaction:
        text = SKILLS[skill](agent, heard)
        began = perf_counter()
        turn = self.call.hear(text, self.talk)
        self.talk.append(turn)
        reaction = self.call.react(turn, before.state, index=len(self.talk))
        acts = tuple(segment.best or "?" for segment in turn.segments)
        self.lines.append(Line("agent", text, acts, before.state.trust))
        self._answer(reaction)
        self.latencies_ms.append((perf_counter() - began) * 1000)
        self._count(reaction, before.state, agent)
        return reaction

    def _answer(self, reaction: Reaction) -> None:
        turn = transcribe(list(self.call.speak(reaction.plan, self.talk)))
        self.talk.append(turn)
        acts = tuple(map(str, reaction.plan.acts))
        self.lines.append(Line("customer", turn.text, acts, reaction.state.trust))
        weighty = [part for part in sentences(turn.text) if len(tokens(part)) >= _WEIGHTY]
        spoken = set(map(normalize, (turn.text, *weighty)))
        self.repeats += bool(spoken & self.said)
        self.said |= spoken

    def _count(self, reaction: Reaction, before: DialogueState, agent: Agent) -> None:
        acts, state = reaction.plan.acts, reaction.state
        self.trust.append(round(state.trust, 3))
        self.resisted += bool(_RESISTING & set(acts))
        meant = set(agent.meant)
        self.unasked += any(act in _ASKED_BY and not _ASKED_BY[act] & meant for act in acts)
        if {CustomerAct.ACCEPT, CustomerAct.ACCEPT_NEXT_STEP} & set(acts):
            self.decided_at = self.decided_at or state.turns
        self.abrupt |= reaction.ending is not None and not set(_GOODBYES) & set(acts)
        now = state.heard.treatment
        if now.objection is not None and now.answered and not now.isolated:
            story = before.objections[now.objection]
            if story.kind is ObjectionKind.PRETEXT and not story.isolated:
                self.argued += 1
                self.argued_back += any(act.startswith("object_") for act in acts)


def play(call: Call, skill: str, rubric: Rubric, *, keep_talk: bool = False) -> Record:
    """Plays one call to its end.

    Args:
        call: The customer, the seed, and what hears and words.
        skill: A name in `SKILLS`.
        rubric: Scores the transcript.
        keep_talk: Whether the record carries the transcript.
    """
    persona, table = call.persona, _Table(call)
    agent = Agent(Card.of(persona), Random(f"{skill}/{persona.id}/{call.seed}"))  # noqa: S311 - replayable, no secret
    reaction = table.pick_up()
    for _ in range(LAST_TURN):
        heard = _heard(table.talk[-1], reaction)
        agent.listen(heard)
        reaction = table.exchange(agent, heard, reaction, skill)
        if reaction.ending is not None:
            break
    return _record(table, reaction, skill, rubric, keep_talk=keep_talk)


def _heard(turn: Turn, reaction: Reaction) -> Heard:
    cues = tuple(move.cue for move in reaction.plan.moves if move.cue is not None)
    return Heard(turn.text, reaction.plan.acts, cues)


def is_about_money(persona: Persona) -> bool:
    """Whether a better price elsewhere is what this customer left for."""
    return persona.churn_reason is ChurnReason.BETTER_OFFER


def _record(
    table: _Table, reaction: Reaction, skill: str, rubric: Rubric, *, keep_talk: bool
) -> Record:
    persona, state = table.call.persona, reaction.state
    result = assess(table.talk, rubric, {})
    stories = {o: story for o, story in state.objections.items() if story.raised}
    probed = [
        story
        for story in stories.values()
        if story.kind is ObjectionKind.PRETEXT and story.isolated and story.acknowledged
    ]
    return Record(
        agent=skill,
        persona=persona.id,
        seed=table.call.seed,
        difficulty=persona.difficulty.value,
        can_be_won=persona.decision.winnable,
        winnable=persona.decision.winnable and persona.economics.lifetime_value > 0,
        about_money=is_about_money(persona),
        ending=reaction.ending or Ending.ABANDONED,
        turns=state.turns,
        decided_at=table.decided_at,
        resisted=table.resisted,
        stages={objection: story.stage.value for objection, story in stories.items()},
        returned=sum(story.returned for story in stories.values()),
        pretexts_argued=table.argued,
        argued_back=table.argued_back,
        pretexts_probed=len(probed),
        led_on=sum(story.stage is Stage.DROPPED for story in probed),
        facts=len(state.facts_out),
        repeats=table.repeats,
        unasked=table.unasked,
        abrupt=table.abrupt,
        trust=tuple(table.trust),
        latencies_ms=tuple(table.latencies_ms),
        points={
            str(principle): score.points
            for principle, score in result.principles.items()
            if score.points is not None
        },
        total=result.total,
        passed=result.passed or False,
        transcript=tuple(table.lines) if keep_talk else (),
    )

"""Every number of the customer's mind in one place; `benchmarks/customer.py` calibrates them.

Shares lie in [0, 1]; what moves trust, patience or irritation is added to them and clipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.core.acts import TraineeAct
from trainer.core.persona import Difficulty
from trainer.core.plan import Cue


@dataclass(frozen=True, slots=True)
class Demand:
    """What a difficulty changes.

    Attributes:
        gain: Factor on everything that builds trust.
        harm: Factor on everything that costs trust or patience.
        trust: Added to the trust needed for the truth, for settling and for a yes.
        fit: Added to the fit needed for a yes.
        concede: Chance that an answered objection is let go unasked.
        facts: Answers the customer wants to have given before a yes: who decides has been heard.
        reserve: Added to the trust needed to tell a stranger the reason.
        doubts: How often proof is asked for before an answer lets a real objection go.
        step: How much less trust a next step needs than a yes.
    """

    gain: float
    harm: float
    trust: float
    fit: float
    concede: float
    facts: int
    reserve: float
    doubts: int
    step: float


DEMANDS: Mapping[Difficulty, Demand] = {
    Difficulty.EASY: Demand(
        gain=1.15,
        harm=0.85,
        trust=0.1,
        fit=-0.05,
        concede=0.6,
        facts=2,
        reserve=0.0,
        doubts=0,
        step=0.08,
    ),
    Difficulty.MEDIUM: Demand(
        gain=1.0,
        harm=1.0,
        trust=0.1,
        fit=0.0,
        concede=0.45,
        facts=3,
        reserve=0.0,
        doubts=0,
        step=0.08,
    ),
    Difficulty.HARD: Demand(
        gain=0.9,
        harm=1.15,
        trust=0.19,
        fit=0.0,
        concede=0.3,
        facts=4,
        reserve=0.1,
        doubts=1,
        step=0.04,
    ),
}

_GAINS: Mapping[TraineeAct, float] = {
    TraineeAct.GREET: 0.01,
    TraineeAct.INTRODUCE: 0.02,
    TraineeAct.STATE_REASON: 0.02,
    TraineeAct.ASK_PERMISSION: 0.03,
    TraineeAct.SET_AGENDA: 0.03,
    TraineeAct.STEER: 0.01,
    TraineeAct.ASK_REASON: 0.03,
    TraineeAct.ASK_GRADE: 0.02,
    TraineeAct.ASK_FOR_TOP_GRADE: 0.03,
    TraineeAct.ASK_POSITIVES: 0.03,
    TraineeAct.ASK_CONDITIONS: 0.03,
    TraineeAct.ASK_PRIORITY: 0.03,
    TraineeAct.ASK_CARE_POINTS: 0.03,
    TraineeAct.ASK_NEVER_AGAIN: 0.03,
    TraineeAct.ASK_RETURN_IF: 0.02,
    TraineeAct.PROBE: 0.04,
    TraineeAct.ASK_OPEN: 0.02,
    TraineeAct.ISOLATE: 0.03,
    TraineeAct.CHECK_RESOLVED: 0.02,
    TraineeAct.BENEFIT: 0.02,
    TraineeAct.CONFIRM_TERMS: 0.02,
    TraineeAct.APPRECIATE: 0.04,
    TraineeAct.RESPECT_OPTOUT: 0.04,
    TraineeAct.INFORM: 0.01,
}
"""Trust for an act the first time; each further time half as much."""

_COMFORTS: Mapping[TraineeAct, float] = {
    TraineeAct.ACKNOWLEDGE: 0.05,
    TraineeAct.ACCEPT_CRITICISM: 0.06,
    TraineeAct.APOLOGIZE: 0.06,
}
"""Trust for acts that mean something only after a complaint, an objection or a told reason."""

_HARMS: Mapping[TraineeAct, float] = {
    TraineeAct.CONTRADICT: 0.10,
    TraineeAct.PRESSURE: 0.11,
    TraineeAct.BLAME: 0.09,
    TraineeAct.DISPARAGE: 0.06,
    TraineeAct.RUDE: 0.18,
    TraineeAct.OVERPROMISE: 0.06,
}

_CUE_PATIENCE: Mapping[Cue, float] = {
    Cue.SILENCE: 0.12,
    Cue.GIBBERISH: 0.10,
    Cue.FOREIGN_LANGUAGE: 0.06,
    Cue.ORDER: 0.10,
    Cue.ROBOT_QUESTION: 0.05,
    Cue.FAMILIAR: 0.04,
    Cue.TOO_LONG: 0.07,
    Cue.TOO_MANY_QUESTIONS: 0.06,
    Cue.REPEATED_QUESTION: 0.05,
    Cue.UNSURE: 0.02,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Limits, chances and step sizes.

    Attributes:
        heard: Confidence from which an act is understood at all.
        credible_share: An act below this share of its segment's best confidence is a guess.
        harm_from: Confidence from which harm is felt; felt in full at `harm_full`.
        trust_fades: Trust that customers who left in anger lose with every month they are gone,
            up to `faded_after` months.
        sure_act: Heard with less, what the rest of the turn speaks against is not believed.
        monologue_words: More words in one turn are too many.
        stacked_questions: So many questions in one turn are too many.
        crowded_acts: So many different things done in one turn are too many.
        gibberish_share: Share of impossible words that makes a turn gibberish; also the share
            one word repeated `stuck_repeats` times must have.
        latin_share: Share of Latin letters below which a turn is in another script.
        accuse_from: Confidence from which a question is held to be a repeated one.
        plain_answer: Confidence with which a plain statement is taken for an answer asked for.
        unsure_question: A guide question heard with less is not taken for that very question as
            long as the reason and its story are untold.
        rival_share: A segment is no question when a summary or a check in it is this sure,
            compared with the question.
        early_by_turn: Trainee turn by which the first planned objection comes up at the latest;
            likewise for the one after the offer and the one at the decision.
        kinds_raised: Kinds of objection that come up before anybody says yes.
        kinds_by_turn: Trainee turn from which they come up whatever the trainee does.
        candid_opening: How much of the candour decides that a real objection may come first.
        repeat_factor: What is left of a gain each further time.
        comfort_factor: What is left of understanding each further time there was occasion for it.
        cold_question: What a question still wins that passes over what was just told.
        gain_cap: The most trust one turn can win.
        headroom: Gains shrink by this times the distance to full trust, once that is below 1.
        idle_comfort: What is left of understanding when there was nothing to understand.
        summary: Trust for a right summary; `early_summary` for one when nothing was told.
        fitting_answer: Trust for an answer to the objection in the room.
        fitting_offer: Trust for an offer, times its fit.
        good_fit: Fit from which an offer is welcome; below `poor_fit` it is a shrug;
            from `perfect_fit` on it is exactly what was wished for.
        irritation_share: Share of a harm that stays as irritation; `irritation_fades` each turn.
        irritation_mutes: Share of a gain that full irritation eats.
        apology_repairs: Share of the irritation an apology takes away.
        premature_offer: Trust lost by an offer before the reason is known.
        premature_ask: Trust lost by asking for the decision too early.
        nagging: Trust lost by asking for it more often than is borne, each further time more.
        deaf_offer: Trust lost by an offer that passes by the reason just told.
        terms_changed: Trust lost by other figures than were named before.
        repeated_question: Trust lost by a question asked again.
        stacked: Trust lost by stacked questions; likewise `monologue`.
        stock: Trust lost by a stock phrase.
        ignored: Trust lost by passing over the objection in the room.
        argued_pretext: Trust lost by arguing with a pretext nobody looked behind.
        beside: Trust lost by an answer to something else.
        scattered_offer: Trust lost by each offer beyond `offers_welcome`.
        patience_share: Patience lost for each trust lost.
        owed_patience: Patience lost by leaving a question of the customer unanswered.
        unknown_patience: Patience lost by not saying who calls and why.
        idle_turns: Turns without anything new the customer bears; each further costs
            `idle_patience`.
        progress_patience: Patience won back by something new, up to where the call began.
        long_call: Turn from which every turn costs `long_patience`.
        last_turn: The customer ends the call here at the latest.
        warn_at: Patience below which the customer shows it; at `gone_at` the call ends.
        fact_trust: Trust needed to say the reason; other facts need `easy_fact` less.
        candour_trust: How much full candour lowers that.
        half_answer: How far below that an evasive half answer comes.
        reveal_trust: Trust needed to say what a pretext hides, after understanding;
            `cold_reveal` more without it, `insistence` less each time it was probed before.
        settle_trust: Trust needed to let a real objection go.
        return_chance: Chance that a pretext answered with an argument comes back at once.
        swap_chance: Chance that another pretext takes its place instead.
        bring_up_chance: Chance that a planned objection comes up on its occasion, each turn.
        least_facts: Answers given before anybody says yes who did not leave for money.
        no_win_before: Trainee turns before which nobody decides anything.
        next_step_fit: How much less fit a next step needs than a yes.
        asks_borne: How often a decision may be asked for with nothing new before the no; once more
            by a caller who is trusted enough for a yes.
        grudge: How much of the irritation counts against a yes.
        pretexts_kept: How often a pretext comes back before the customer says no instead.
        promise_turns: Turns after which an announced proposal is asked for; likewise
            `owed_turns`: an answer.
        familiar: Trust from which the caller is no stranger: nobody asks where the number comes
            from any more, and impatience is put politely.
        asks_back_chance: Chance of a question back on its occasion.
        withdraw_trust: How far trust may fall below the needed before a yes is taken back.
        parting_turns: Turns after a verdict at which the customer says goodbye.
        odd_turns_borne: Odd turns of one kind in a row at which the customer hangs up.
        harm_answered: Strength from which a harmful act is answered before anything else.
        opt_out_irritation: Irritation from which pressure makes some say "do not call again".
        who_asks: How often the customer asks who is calling before giving up.
        cold_settle: More trust needed to let an objection go that met no understanding.
        return_maybe_from: Trust above the needed from which coming back seems possible;
            `return_yes_from`: from which it is a yes.
    """

    heard: float = 0.3
    credible_share: float = 0.4
    harm_from: float = 0.4
    harm_full: float = 0.85
    sure_act: float = 0.7
    trust_fades: float = 0.003
    faded_after: float = 24.0
    monologue_words: int = 120
    stacked_questions: int = 3
    crowded_acts: int = 5
    gibberish_share: float = 0.5
    stuck_repeats: int = 4
    latin_share: float = 0.5
    accuse_from: float = 0.5
    plain_answer: float = 0.5
    unsure_question: float = 0.4
    rival_share: float = 0.6
    early_by_turn: int = 4
    offer_by_turn: int = 7
    decision_by_turn: int = 14
    kinds_raised: int = 2
    kinds_by_turn: int = 6
    candid_opening: float = 0.5
    gains: Mapping[TraineeAct, float] = field(default_factory=lambda: _GAINS)
    comforts: Mapping[TraineeAct, float] = field(default_factory=lambda: _COMFORTS)
    harms: Mapping[TraineeAct, float] = field(default_factory=lambda: _HARMS)
    cue_patience: Mapping[Cue, float] = field(default_factory=lambda: _CUE_PATIENCE)
    repeat_factor: float = 0.5
    comfort_factor: float = 0.8
    cold_question: float = 0.3
    gain_cap: float = 0.11
    headroom: float = 2.5
    idle_comfort: float = 0.3
    summary: float = 0.08
    early_summary: float = 0.02
    fitting_answer: float = 0.04
    fitting_offer: float = 0.06
    good_fit: float = 0.6
    perfect_fit: float = 0.9
    poor_fit: float = 0.3
    irritation_share: float = 0.9
    irritation_fades: float = 0.92
    irritation_mutes: float = 0.6
    apology_repairs: float = 0.35
    premature_offer: float = 0.05
    premature_ask: float = 0.05
    nagging: float = 0.03
    deaf_offer: float = 0.03
    terms_changed: float = 0.05
    repeated_question: float = 0.03
    stacked: float = 0.03
    monologue: float = 0.03
    stock: float = 0.03
    ignored: float = 0.03
    argued_pretext: float = 0.03
    beside: float = 0.02
    scattered_offer: float = 0.03
    offers_welcome: int = 3
    patience_share: float = 0.9
    owed_patience: float = 0.03
    unknown_patience: float = 0.07
    idle_turns: int = 2
    idle_patience: float = 0.05
    progress_patience: float = 0.02
    long_call: int = 34
    long_patience: float = 0.02
    last_turn: int = 58
    warn_at: float = 0.22
    gone_at: float = 0.05
    fact_trust: float = 0.24
    easy_fact: float = 0.08
    candour_trust: float = 0.12
    half_answer: float = 0.06
    reveal_trust: float = 0.34
    cold_reveal: float = 0.12
    insistence: float = 0.04
    settle_trust: float = 0.38
    return_chance: float = 0.7
    swap_chance: float = 0.25
    bring_up_chance: float = 0.45
    least_facts: int = 2
    no_win_before: int = 5
    next_step_fit: float = 0.1
    asks_borne: int = 2
    grudge: float = 0.5
    withdraw_trust: float = 0.15
    pretexts_kept: int = 4
    promise_turns: int = 6
    owed_turns: int = 2
    familiar: float = 0.5
    asks_back_chance: float = 0.3
    parting_turns: int = 2
    odd_turns_borne: int = 4
    harm_answered: float = 0.65
    opt_out_irritation: float = 0.12
    who_asks: int = 2
    cold_settle: float = 0.1
    return_maybe_from: float = -0.25
    return_yes_from: float = -0.02


WEIGHTS = Weights()

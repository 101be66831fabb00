"""The customer's mind: an agenda-based user simulator (Schatzmann et al. 2007).

Pure functions, no model, no I/O, randomness only from the `Random` passed in:

    turn ─► tracker.update ─► DialogueState ─► policy.decide ─► TurnPlan + DialogueState
             │ hearing, oddity                  │ frame, oddities, objections, answers,
             └ effects, handling                └ offers, decision, parting, smalltalk

`weights` holds every number; `state` every value that is kept between turns.
"""

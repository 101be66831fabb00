"""Scripted agents that telephone every customer in words, and figures of how it went.

wordings.yaml ─► agent + skills ─► match (one call) ─► tournament (all calls) ─► figures ─► report
                                     │
                                     └ the real recogniser, the real customer, its real words

An agent hears what the customer says and does; trust, patience and the persona's file stay hidden.
"""

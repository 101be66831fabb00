"""Scores a call from its transcript and a rubric, with a quote for every point.

    turns ─► evidence.Talk ─► checks (conditions, counting) ─► levels ─► Assessment
                                   └─► due, moments ─► feedback, reasons

Sees the words and the recognised acts, never the customer's hidden state, so that imported calls
are scored like simulated ones.
"""

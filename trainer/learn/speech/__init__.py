"""How the shipped language model is fitted: general German first, then the calls."""

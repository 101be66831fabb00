"""How the shipped recogniser is fitted from `corpus/`; nothing else imports this."""

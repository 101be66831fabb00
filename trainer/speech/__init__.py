"""Speech on this machine: how a customer sounds, and what a trainee said."""

"""The pure heart: what an initiative is, what can happen to it, and what follows; no clock, no I/O, no logging."""

"""A stand-alone local Bot API server: people's phones on one side, a bot on the other, and a clock that can be moved."""

"""A stand-alone local Bot API server: phones on one side, a bot on the other, a clock that can be moved."""

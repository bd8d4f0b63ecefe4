"""Work beside other work ends with whoever began it, however that ended."""

import os
import select
import subprocess
import sys

BEGUN = """
import multiprocessing, sys
from bot.routing.beside import in_a_child
waits = [in_a_child(lambda: b"x" * 10_000_000) for _ in range(2)]
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
sys.stdin.read()
"""


def test_what_is_learned_in_forks_ends_when_the_one_who_waits_for_it_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", BEGUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        children = [os.pidfd_open(int(pid)) for pid in parent.stdout.readline().split()]
        parent.kill()
    try:
        left = set(children)
        while left:
            ended, _, _ = select.select(left, [], [], 20)
            assert ended, "it stands at its pipe for ever, with all that it has learned"
            left -= set(ended)
    finally:
        for child in children:
            os.close(child)

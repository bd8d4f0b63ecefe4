"""What is known of each agent besides the rules: who is away, out of reach, invited, or gone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.core.effects import KeepPost
from bot.core.frame import Absence, Agent, Frame
from bot.core.world import Move


@dataclass(frozen=True, slots=True)
class Post:
    """One agent as the agent, the admins and Telegram have told the bot; days are written in ISO form.

    `away` holds first and last days. `back` is the day since when absences that began no later count no more.
    `silent`, `digest` and `left` are as in `Agent`. `telegram` is the id of who took up the invitation, else 0;
    `invitation` is the fingerprint of a link that nobody has used yet, and `invited_until` its last day.
    """

    away: tuple[tuple[str, str], ...] = ()
    back: str = ""
    silent: str = ""
    digest: str = ""
    telegram: int = 0
    invitation: str = ""
    invited_until: str = ""
    left: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Post":
        """A post as it was kept."""
        away = tuple((str(first), str(last)) for first, last in kept.get("away", ()))
        return cls(**{**kept, "away": away})

    def kept(self) -> dict[str, Any]:
        """The post as it is kept: plain values, and only what says something."""
        return {name: value for name, value in asdict(self).items() if value}


def staffed(frame: Frame, posts: Mapping[str, Mapping[str, Any]]) -> Frame:
    """The frame with what is known of its agents besides the rules; a post of nobody's in the rules says nothing."""
    known = {agent: Post.of(kept) for agent, kept in posts.items() if agent in frame.agents}
    agents = {name: _staffed(agent, known[name]) if name in known else agent for name, agent in frame.agents.items()}
    return replace(frame, agents=agents, posts={name: post.kept() for name, post in known.items()})


def post_of(move: Move, agent: str) -> Post:
    """What is known of an agent besides the rules, as this step has it."""
    kept = move.posts.get(agent, move.world.frame.posts.get(agent, {}))
    return Post.of(kept)


def keep(move: Move, agent: str, post: Post) -> None:
    """Know this of the agent from now on, in this step too."""
    move.posts[agent] = post.kept()
    move.do(KeepPost(agent, post.kept()))


def frame_now(move: Move) -> Frame:
    """The frame with what this step has changed in the roster."""
    frame = move.world.frame
    return staffed(frame, move.posts) if move.posts else frame


def _staffed(agent: Agent, post: Post) -> Agent:
    return replace(
        agent,
        telegram=post.telegram or agent.telegram,
        own_away=tuple(Absence(date.fromisoformat(first), date.fromisoformat(last)) for first, last in post.away),
        back=date.fromisoformat(post.back) if post.back else None,
        silent=post.silent,
        digest=post.digest,
        left=post.left,
    )

"""What is shown of a story's initiatives as the shell would show it: what is public, and the lists of what is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.face import Face, face_of
from bot.core.initiative import Initiative, Turn
from bot.core.lists import Listed, Load, Wanted, place, standing
from bot.core.match import TopicScore
from bot.core.tally import first_promise


class OpenList:
    """The faces of the public ones; like is what shares a word of five letters."""

    def __init__(self, initiatives: Mapping[int, Initiative]) -> None:
        self._faces = {one.number: face_of(one) for one in initiatives.values() if one.public}

    def face(self, number: int) -> Face | None:
        return self._faces.get(number)

    def topics(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for face in self.listed():
            counts[face.topic] = counts.get(face.topic, 0) + 1
        return counts

    def listed(self, topic: str | None = None) -> tuple[Face, ...]:
        faces = sorted(self._faces.values(), key=lambda face: -face.number)
        return tuple(face for face in faces if face.listed and topic in (None, face.topic))

    def like(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        assert topics is not None
        words = {word for word in text.casefold().split() if len(word) >= 5}
        return tuple(face for face in self.listed() if words & set(face.title.casefold().split()))[:most]

    def seeking(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        assert topics is not None
        assert text is not None
        return tuple(face for face in self.listed() if face.seeks)[:most]


class OpenLists:
    """The lists, found by looking at every open one."""

    def __init__(self, initiatives: Mapping[int, Initiative]) -> None:
        self._every = [one for one in initiatives.values() if not one.stage.closed]

    def page(self, wanted: Wanted) -> Listed:
        mine = [one for one in self._every if wanted.agent in ("", one.responsible, *one.helpers)]
        on_it = {
            "koe": lambda _: True,
            "mine": lambda _: True,
            "overskredet": lambda one: self._late(one, wanted.now),
            "i_dag": lambda one: self._ours(one) and one.step.due.date() <= wanted.now.date(),
        }[wanted.command]
        found = sorted((one for one in mine if on_it(one)), key=lambda one: place(wanted, one))
        left = [one for one in found if wanted.after is None or place(wanted, one) > wanted.after]
        return Listed(len(left), left[: wanted.most])

    def again(self, now: datetime, most: int) -> tuple[int, Sequence[int]]:
        late = Wanted("overskredet", "", now, now, len(self._every))
        found = [one.number for one in self.page(late).shown if int(one.extra.get("misses", 0)) > 1]
        return len(found), found[:most]

    def loads(self, now: datetime) -> Sequence[Load]:
        newest = {one.responsible: one.responsible_name for one in sorted(self._every, key=lambda one: one.number)}
        loads = []
        for agent, name in newest.items():
            own = [one for one in self._every if one.responsible == agent]
            late = [one for one in own if self._late(one, now) or first_promise(one, now) == "overdue"]
            loads.append(Load(agent, name, len(own), len(late)))
        return sorted(loads, key=lambda load: (-load.many, load.name))

    def _ours(self, one: Initiative) -> bool:
        return one.step.turn is not Turn.CITIZEN and not one.out_of_reach

    def _late(self, one: Initiative, now: datetime) -> bool:
        return one.overdue(now) or standing(one).late is not None

"""What is public among a story's initiatives, as the shell would show it, with the simplest likeness there is."""

from collections.abc import Mapping

from bot.core.face import Face, face_of
from bot.core.initiative import Initiative
from bot.core.match import TopicScore


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

"""What people do in nearly every play: an idea is brought, taken, and brought a step on."""

from tests.stories.stage import Stage

BIKES = "flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder"
FLOWERS = "vilde blomster i vejkanten ved skoven, til bier og sommerfugle"
BENCHES = "flere bænke på torvet, så ældre kan hvile sig undervejs"
STEP = "Hvad: måler pladsen op\nHvem: Mette Holm\nHvornår: 12. november\nSelv: tæller cykler"


def brought(stage: Stage, who: str = "Aase", words: str = BIKES) -> None:
    """From the words to the receipt."""
    stage.writes(who, words)
    stage.presses(who, "d_skip")
    stage.presses(who, "d_send")


def taken(stage: Stage, who: str = "Aase", words: str = BIKES) -> None:
    """From the words to an agent who has it."""
    brought(stage, who, words)
    stage.presses("Mette", "take", group=1)


def stepped(stage: Stage, form: str, filled: str) -> None:
    """An agent fills a form and sends it."""
    stage.presses("Mette", f"form:1:{form}", group=1)
    stage.writes("Mette", filled, group=1, to="newest")
    stage.presses("Mette", "form_ok", group=1)

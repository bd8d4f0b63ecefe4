"""R-03: two admins at once, somebody who is no admin, a hostile file, and the last admin who goes."""

import asyncio
import re
import time
from pathlib import Path

import psutil
import pytest

from tests.journeys import labels, rulebook
from tests.journeys.phone import Act, Phone
from tests.journeys.town import ADMINS, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

REFUSAL_SECONDS = 5.0
MOST_MEMORY = 100 * 2**20
RULES = rulebook.short_rules()


def with_words(data: bytes, word: str) -> bytes:
    """A change of one line, which another admin's change of another line does not touch."""
    return data.decode().replace("idræt, idrætsdag,", f"idræt, {word}, idrætsdag,", 1).encode()


def with_closed_day(data: bytes, day: str) -> bytes:
    """Another change, elsewhere in the file."""
    return data.replace(b"  klokken:", f"  # {day}\n  klokken:".encode(), 1)


def newest_version(town: Town) -> tuple[object, ...]:
    """Number, who and text of the version in force."""
    return town.bot.rows("SELECT id, who, text FROM rules_versions ORDER BY id DESC LIMIT 1")[0]


async def uses(admin: Phone, data: bytes, name: str) -> Act:
    """Send a file and take it into use."""
    await rulebook.sends_rules(admin, data, name)
    return await admin.presses(labels.USE)


async def test_a_what_another_admin_saved_is_never_overwritten_unseen(town: Town) -> None:
    ulla, tom = town.agent("ulla"), town.agent("tom")
    message, base = await rulebook.fetches_rules(ulla)
    name = message.raw["document"]["file_name"]
    first = int(re.findall(r"\d+", name)[0])
    ullas, toms = with_words(base, "wakeboardkabel"), with_closed_day(base, "Toms bemærkning")

    # Tom has tried his file already; Ulla is first; his press overwrites nothing, and neither does sending it again.
    await rulebook.sends_rules(tom, toms, name)
    await uses(ulla, ullas, name)
    await tom.waits_for(f"Version {first + 1} af reglerne er i brug nu")
    for act in (
        await tom.presses(labels.USE),
        await rulebook.sends_rules(tom, toms, "routing_rules-ny.yaml"),
    ):
        assert re.search(r"Ulla har ændret reglerne .*kl\. \d", act.text_back), act.text_back
        assert "idraet: 1 ord mere (wakeboardkabel)" in act.text_back
        assert "Din fil er stadig her i chatten" in act.text_back
        assert newest_version(town) == (first + 1, "Ulla", ullas.decode())
    assert town.rules.read_bytes() == ullas
    act = await tom.presses(labels.NEW_RULES)
    assert await rulebook.downloaded(town, act.answers[-1].raw["document"]["file_id"]) == ullas
    log = town.bot.log()
    assert re.search(r"rules_in_force.* who=Ulla", log)
    assert "based on an older version" in log


async def test_a_on_the_disk_both_versions_are_kept_and_the_lost_lines_are_told(town: Town) -> None:
    ulla, tom = town.agent("ulla"), town.agent("tom")
    base = town.rules.read_bytes()
    newest = {admin.chat: await admin.newest() for admin in (ulla, tom)}
    rulebook.in_place(town.rules, ullas := with_closed_day(base, "Ullas bemærkning"))
    await ulla.waits_for("Filen blev gemt på disken", rulebook.PATIENCE, newest[ulla.chat])
    await town.settled()
    kept = newest_version(town)
    newest = {admin.chat: await admin.newest() for admin in (ulla, tom)}
    rulebook.by_rename(town.rules, with_words(base, "padelkabel"))
    for admin in (ulla, tom):
        told = await admin.waits_for(
            f"Disse linjer fra version {kept[0]} er ikke med mere", rulebook.PATIENCE, newest[admin.chat]
        )
        assert "# Ullas bemærkning" in told.text
    await tom.presses(labels.ROLLBACK)
    assert town.rules.read_bytes() == ullas, "Ulla's is back in one step"


async def test_b_a_citizen_who_sends_rules_is_turned_away_kindly(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    before = newest_version(town)
    act = await rulebook.sends_rules(jonas, b"kommune: {}\n")
    assert "Kun de folk, der passer botten" in act.text_back
    assert act.seconds is not None
    assert act.seconds < REFUSAL_SECONDS
    pressed = await jonas.presses_data(act.answers[-1].id, "r_back:1:2", forged=True)
    assert "Kun en admin" in pressed.alert
    assert newest_version(town) == before
    log = town.bot.log()
    assert re.search(r"rules_refused.*not an admin", log)
    assert re.search(r"rules_refused.*not an admin.*pressed a button", log)
    assert str(jonas.person.id) not in log
    assert "Jonas" not in log


async def test_c_to_e_a_hostile_file_is_refused_with_its_reason(town: Town, tmp_path: Path) -> None:
    tom, aase = town.agent("tom"), await town.citizen("Aase")
    marker = tmp_path / "pwned-marker"
    bombs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))
    hostile = {
        "tag": f'kommune: !!python/object/apply:os.system ["touch {marker}"]\n'.encode(),
        "aliases": f"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{bombs}\n".encode(),
    }
    bot = psutil.Process(town.bot.process.pid)
    memory = bot.memory_info().rss
    for data in hostile.values():
        began = time.monotonic()
        sending = asyncio.create_task(rulebook.sends_rules(tom, data))
        served = await aase.writes(labels.STATUS)
        assert served.seconds is not None
        assert served.seconds < REFUSAL_SECONDS, "citizens are served meanwhile"
        act = await sending
        assert time.monotonic() - began < REFUSAL_SECONDS
        assert re.search(r"Linje \d+, tegn \d+: ", act.text_back), act.text_back
        assert rulebook.OLD_HOLD in act.text_back
    large = await tom.sends(document={"file_name": "routing_rules.yaml", "size": 19_000_000})
    assert "er for stor" in large.text_back
    assert bot.memory_info().rss - memory < MOST_MEMORY
    await town.settled()
    refused = [line for line in town.bot.log().splitlines() if "rules_refused" in line and "Tom" in line]
    for reason in ("ikke tilladt her", "henvisning", "too large"):
        assert any(reason in line for line in refused), f"{reason}: {refused}"
    assert not marker.exists()


async def test_f_the_last_admin_cannot_go_and_another_one_is_asked_again(tmp_path: Path) -> None:
    both, one = (" ".join(str(person.id) for person in people) for people in (ADMINS.values(), [ADMINS["tom"]]))
    async with Town(tmp_path, {"SKAB_ADMINS": ""}, asleep=True, begins_with=RULES) as town:
        base = town.rules.read_bytes().replace(b"admins: []", f"admins: [{both.replace(' ', ', ')}]".encode(), 1)
        town.rules.write_bytes(base)
        await town.bot.start()
        ulla, tom = town.agent("ulla"), town.agent("tom")
        nobody = base.replace(f"admins: [{both.replace(' ', ', ')}]".encode(), b"admins: []", 1)
        act = await uses(ulla, nobody, "routing_rules-1.yaml")
        assert "ingen admin tilbage" in act.text_back
        assert town.rules.read_bytes() == base

        toms = base.replace(f"admins: [{both.replace(' ', ', ')}]".encode(), f"admins: [{one}]".encode(), 1)
        act = await uses(ulla, toms, "routing_rules-1.yaml")
        assert "Du fjerner dig selv som admin" in act.text_back
        assert town.rules.read_bytes() == base
        await ulla.presses(labels.SURE)
        assert town.rules.read_bytes() == toms
        assert await tom.sees("Version 2 af reglerne er i brug nu")
        assert await ulla.sees("Version 2 af reglerne er i brug nu"), "she reads what her press did"
        refused = await rulebook.sends_rules(ulla, base)
        assert "Kun de folk, der passer botten" in refused.text_back

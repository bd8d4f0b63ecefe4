"""What `deploy/` holds can be read, and names only commands, settings, files and figures that are there."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer.main
import yaml
from typer.core import TyperGroup

from bot.cli import cli
from bot.conversation.counts import Counts
from bot.settings import Settings
from bot.store.pulse import Pulse
from bot.vitals import Vitals, _of_the_store

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
FILES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()]
SETTINGS = {f"SKAB_{name.upper()}" for name in Settings.model_fields}
OF_PROMETHEUS = {"process_resident_memory_bytes", "up"}
FIGURE = re.compile(r"\b(?:skab_[a-z_]+|process_[a-z_]+)\b")


def figures() -> set[str]:
    """The names under which Prometheus finds our figures."""
    house: Any = SimpleNamespace(
        rules=SimpleNamespace(broken=False), settings=SimpleNamespace(database="none"), clock=None
    )
    vitals = Vitals(house, None, Counts(), lambda: 0.0)  # type: ignore[arg-type]
    shown = [*vitals._of_the_process(), *_of_the_store(Pulse(*[0] * 10))]
    return {one.name + ("_total" if one.kind == "counter" else "") for one in shown} | {"skab_store_readable"}


def commands() -> set[str]:
    whole = typer.main.get_command(cli)
    assert isinstance(whole, TyperGroup)
    return set(whole.commands)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_settings_and_commands_that_exist_are_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\bSKAB_[A-Z_]+\b", text)) - SETTINGS == set()
    assert set(re.findall(r'bin/skab(?:", "| )([a-z-]+)', text)) - commands() == set()
    assert set(re.findall(r"\bskab (check|parked|restore|backup|rules)\b", text)) - commands() == set()


def test_the_service_runs_the_bot_as_nobody_in_particular_and_waits_for_its_end() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string((DEPLOY / "skab.service").read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["ExecStart"].endswith("/skab run")
    assert int(service["TimeoutStopSec"]) > 10
    assert service["KillSignal"] == "SIGTERM"
    hardened = ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces")
    assert [service[name] for name in hardened] == ["yes"] * len(hardened)
    assert service["ProtectSystem"] == "strict"
    assert service["UMask"] == "0077"


def test_a_command_beside_the_service_is_shown_with_the_services_own_settings() -> None:
    text = (DEPLOY / "skab.service").read_text(encoding="utf-8")
    shown = " ".join(line.lstrip("# ") for line in text.splitlines() if line.startswith("#   "))
    assert shown.endswith("/opt/skab/.venv/bin/skab check")
    told = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith(("#", "Env")))
    assert f"--uid={told['User']} " in shown
    assert f"WorkingDirectory={told['WorkingDirectory']} " in shown
    for line in text.splitlines():
        if line.startswith("EnvironmentFile="):
            assert f"-p {line} " in shown
        elif line.startswith(("Environment=SKAB_DATABASE", "Environment=SKAB_CACHE")):
            assert f"-E {line.removeprefix('Environment=')} " in shown
    assert "Environment=SKAB_WEB_PORT=8081" in text, "who is on call asks there first"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_itself_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "skab.service").read_text(encoding="utf-8").replace("/opt/skab/.venv/bin/skab", "/bin/true")
    (tmp_path / "skab.service").write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "skab.service")], capture_output=True, text=True
    )
    faults = [line for line in told.stderr.splitlines() if "skab.service" in line]
    assert [line for line in faults if re.search(r"Unknown|Failed to parse|Invalid|ignoring", line)] == []


def test_the_container_copies_what_is_there_runs_as_nobody_in_particular_and_starts_the_bot() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith(("#", " "))]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD"}
    assert {word for word, _ in lines} <= known
    for word, rest in lines:
        if word == "COPY" and not rest.startswith("--from"):
            assert [name for name in rest.split()[:-1] if not (ROOT / name).exists()] == []
    said = dict(lines)
    assert said["USER"] in re.findall(r"--uid (\d+)", text), "by number: an engine can tell that it is nobody of power"
    assert json.loads(said["CMD"]) == [".venv/bin/skab", "run"]
    python = re.search(r"python:3\.(\d+)", said["FROM"])
    assert python
    assert int(python[1]) >= 11


def composed(*names: str) -> dict[str, Any]:
    """What these files say together: as an engine merges them, the later one's settings beside the earlier one's."""
    whole: dict[str, Any] = {"services": {}, "volumes": {}, "networks": {}}
    for name in names:
        told = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
        for service, said in told["services"].items():
            had = whole["services"].setdefault(service, {})
            had |= said | {"environment": had.get("environment", {}) | said.get("environment", {})}
        for part in ("volumes", "networks"):
            whole[part] |= told.get(part, {})
    return whole


@pytest.mark.parametrize("names", [("compose.yaml",), ("compose.yaml", "compose.postgres.yaml")], ids=len)
def test_compose_has_the_bot_behind_the_proxy_and_lets_nobody_else_in(names: tuple[str, ...]) -> None:
    told = composed(*names)
    services = told["services"]
    assert set(services) == {"bot", "proxy", "postgres"} - ({"postgres"} if len(names) == 1 else set())
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    bot = services["bot"]
    assert (ROOT / "deploy" / bot["build"]["context"] / bot["build"]["dockerfile"]).is_file()
    assert set(bot["environment"]) <= SETTINGS
    assert bot["cap_drop"] == ["ALL"]
    assert bot["read_only"] is True
    for one in services.values():
        for volume in one.get("volumes", ()):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in told["volumes"]
        assert set(one["networks"]) <= set(told["networks"])
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "reverse_proxy bot:8081" in caddy
    assert "/metrics" in re.search(r"@inside path (.*)", caddy)[1].split()  # type: ignore[index]
    assert caddy.count("{") == caddy.count("}")


def test_where_a_containers_data_lies_is_no_matter_of_what_the_example_settings_say() -> None:
    # Its own folder is the only one that it may write to, and an engine reads .env in more than one way.
    for names in (("compose.yaml",), ("compose.yaml", "compose.postgres.yaml")):
        said = composed(*names)["services"]["bot"]
        assert said["environment"]["SKAB_CACHE"] == "/var/lib/skab"
        assert said["environment"]["SKAB_OWN_TEXTS"].startswith("/var/lib/skab/"), "admins send them in Telegram"
        assert "data:/var/lib/skab" in said["volumes"]
        where = said["environment"]["SKAB_DATABASE"]
        assert where == "/var/lib/skab/skab.db" if len(names) == 1 else "@postgres/skab" in where
    for path in DEPLOY.glob("compose*.yaml"):
        assert "${SKAB_" not in path.read_text(encoding="utf-8")


def test_every_alert_looks_at_a_figure_that_there_is_and_says_what_to_do() -> None:
    told = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))
    rules = [rule for group in told["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) >= 8
    told_of = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(Skab\w+)` \((\w+)\)", told_of, re.MULTILINE) == [
        (rule["alert"], rule["labels"]["severity"]) for rule in rules
    ]
    for rule in rules:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert len(rule["annotations"]["summary"].split()) > 5
        named = set(FIGURE.findall(rule["expr"])) or {"up"}
        assert named <= figures() | OF_PROMETHEUS, rule["alert"]
    scraped = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yaml").read_text(encoding="utf-8"))
    assert [name for name in scraped["rule_files"] if not (DEPLOY / "prometheus" / name).is_file()] == []


def test_the_dashboard_shows_every_figure_of_ours_and_no_other() -> None:
    board = json.loads((DEPLOY / "grafana" / "skab.json").read_text(encoding="utf-8"))
    shown = {name for panel in board["panels"] for query in panel["targets"] for name in FIGURE.findall(query["expr"])}
    assert shown - OF_PROMETHEUS == figures()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)

"""Settings from the environment: read, frozen, masked, and all faults told at once."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load_settings, names_in, unknown_names

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SKAB_{name.upper()}", raising=False)


def test_with_nothing_set_everything_has_a_default() -> None:
    settings = load_settings(None)
    assert settings.bot_token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.rules == Path("routing_rules.yaml")
    assert settings.admins == frozenset()
    assert settings.secrets == ()


def test_seats_and_admins_are_read_from_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKAB_SEATS", "mette=2001 bo=2002,signe=2003")
    monkeypatch.setenv("SKAB_ADMINS", " 1001, 1002 ")
    settings = load_settings(None)
    assert settings.seats == {"mette": 2001, "bo": 2002, "signe": 2003}
    assert settings.admins == {1001, 1002}


def test_a_file_is_read_and_the_environment_goes_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = tmp_path / ".env"
    written.write_text("SKAB_STAFF_CHAT=-1001\nSKAB_LOG_LEVEL=DEBUG\nSKAB_ADMINS=\nANDET=1\n", encoding="utf-8")
    monkeypatch.setenv("SKAB_STAFF_CHAT", "-1002")
    settings = load_settings(written)
    assert settings.staff_chat == -1002
    assert settings.log_level == "debug"


def test_all_faults_are_told_at_once_one_line_each_without_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "SKAB_BOT_TOKEN": "hemmeligt-men-forkert",
        "SKAB_API_URL": "api.telegram.org",
        "SKAB_STAFF_CHAT": "Sparringsagenter",
        "SKAB_ADMINS": "ulla",
        "SKAB_SEATS": "mette:2001",
        "SKAB_WEBHOOK_URL": "http://gentofte.dk/x",
        "SKAB_WEBHOOK_SECRET": "kort",
        "SKAB_WEB_PORT": "99999",
        "SKAB_LOG_LEVEL": "verbose",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load_settings(None)
    assert [line.split(":")[0] for line in told.value.lines] == list(wrong)
    assert told.value.lines[0] == (
        "SKAB_BOT_TOKEN: skal se ud som 123456789:AAE... (fra @BotFather). "
        "(must look like 123456789:AAE... (from @BotFather).)"
    )
    assert "hemmeligt" not in str(told.value)


def test_a_webhook_needs_a_secret_and_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKAB_WEBHOOK_URL", "https://gentofte.dk/telegram/x7")
    with pytest.raises(SettingsError, match=r"^SKAB_WEBHOOK_SECRET: mangler"):
        load_settings(None)
    monkeypatch.setenv("SKAB_WEBHOOK_SECRET", "s" * 32)
    assert load_settings(None).webhook_path == "/telegram/x7"
    monkeypatch.setenv("SKAB_WEB_PORT", "0")
    with pytest.raises(SettingsError, match=r"^SKAB_WEB_PORT: må ikke være 0"):
        load_settings(None)


def test_secrets_never_show_in_the_settings_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKAB_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SKAB_WEBHOOK_URL", "https://gentofte.dk/hemmelig-sti")
    monkeypatch.setenv("SKAB_WEBHOOK_SECRET", "w" * 40)
    monkeypatch.setenv("SKAB_DATABASE", "postgresql+asyncpg://skab:kode%26ord@db/skab")
    settings = load_settings(None)
    told = f"{settings!r} {settings}"
    assert set(settings.secrets) == {TOKEN, "w" * 40, "kode%26ord", "kode&ord", "/hemmelig-sti"}
    assert not [secret for secret in settings.secrets if secret in told]


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load_settings(None).web_port = 1


def test_a_misspelled_name_is_told_with_the_one_that_was_meant() -> None:
    assert unknown_names(["SKAB_BOT_TOKEN", "PATH"]) == []
    assert unknown_names(["SKAB_STAFFCHAT"]) == [
        "SKAB_STAFFCHAT: findes ikke. (There is no such setting.) Mente du SKAB_STAFF_CHAT? "
        "(Did you mean SKAB_STAFF_CHAT?)"
    ]


def test_a_misspelled_name_in_the_file_is_told_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert names_in(file) == []
    file.write_text("SKAB_BOTTOKEN=1\nskab_lang=da\n# SKAB_NOTE=1\nHOME=x\n")
    assert unknown_names(names_in(file)) == [
        "SKAB_BOTTOKEN: findes ikke. (There is no such setting.) Mente du SKAB_BOT_TOKEN? "
        "(Did you mean SKAB_BOT_TOKEN?)"
    ]
    file.write_bytes(b"SKAB_BOT_TOKEN=\xff\n")
    assert names_in(file) == []


def test_a_file_that_may_not_be_read_is_told_in_one_line() -> None:
    # A file is there, and reading it fails whoever reads it.
    sealed = Path("/proc/self/mem")
    with pytest.raises(SettingsError) as refused:
        load_settings(sealed)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{sealed}: kan ikke læses (Input/output error).")
    assert names_in(sealed) == []


def test_every_setting_stands_in_the_example_with_words_about_it() -> None:
    example = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^(SKAB_[A-Z_]+)=", example, re.MULTILINE))
    assert listed == {f"SKAB_{name.upper()}" for name in Settings.model_fields}
    blocks = [block for block in example.split("\n\n")[1:] if "=" in block]
    assert [block for block in blocks if not block.startswith("# ")] == []


def test_the_example_itself_is_right(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    copy.write_text((Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings(copy) == load_settings(None)

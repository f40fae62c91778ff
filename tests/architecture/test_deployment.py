"""The deployment files hold together, as far as that can be told without an engine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
WITH_PASSWORDS_OF_THE_DATABASE = {"postgres", "migrate"}


def compose() -> dict[str, Any]:
    found = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    assert isinstance(found, dict)
    return found


def example(name: str) -> dict[str, str]:
    lines = (PROJECT / name).read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs}


def variables_settings_read() -> set[str]:
    settings = (PROJECT / "involvement" / "settings").glob("*.py")
    sources = [*settings, PROJECT / "involvement" / "env.py"]
    pattern = re.compile(r"""\benv\.[a-z_]+\(\s*"([A-Z][A-Z0-9_]+)\"""")
    return {name for source in sources for name in pattern.findall(source.read_text())}


def files_of(service: dict[str, Any]) -> list[str]:
    found = service.get("env_file", [])
    assert isinstance(found, list)
    return found


def run_manage(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        check=False,
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def as_filled_in() -> dict[str, str]:
    secret = "kQ7vT2mX9bR4nL8wZ3cJ6hF1gD5sP0yAeUiOxNqVtBrMzKjHfC"
    sealing = "hB4wX8nK2qV6mT9rZ1cL5jF7gD3sP0yAeUiOxNqGtYrMzKjHfCvQ"
    return example(".env.example") | {"SECRET_KEY": secret, "SEALING_KEY": sealing}


def test_the_compose_file_follows_the_schema() -> None:
    checked = subprocess.run(
        [
            *(str(PROGRAMS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"),
            "docker-compose.yml",
        ],
        check=False,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_dockerfile_has_no_findings() -> None:
    checked = subprocess.run(
        [str(PROGRAMS / "hadolint"), "Dockerfile"],
        check=False,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, checked.stdout) == (0, "")


def test_every_long_running_service_has_a_health_check() -> None:
    services = compose()["services"]
    assert set(services) == {"postgres", "valkey", "migrate", "web", "worker", "beat"}
    without = {name for name, service in services.items() if "healthcheck" not in service}
    assert without == {"migrate"}


def test_only_the_database_and_the_migration_know_more_than_the_web_role() -> None:
    services = compose()["services"]
    admin = {name for name, service in services.items() if ".env.admin" in files_of(service)}
    assert admin == WITH_PASSWORDS_OF_THE_DATABASE
    assert not {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"} & set(example(".env.example"))
    assert example(".env.example")["DATABASE_URL"].startswith("postgresql://involvement_web:")


def test_nothing_but_web_is_published_and_web_on_this_machine_only() -> None:
    published = {
        name: service["ports"]
        for name, service in compose()["services"].items()
        if "ports" in service
    }
    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_every_volume_used_is_declared() -> None:
    found = compose()
    used = {
        mount.split(":")[0]
        for service in found["services"].values()
        for mount in service.get("volumes", [])
    }
    assert used == set(found["volumes"]) == {"postgres", "valkey", "media"}


def test_every_variable_settings_read_stands_in_an_example() -> None:
    read = variables_settings_read()
    assert {"SECRET_KEY", "DATABASE_URL", "DEMO_MODE"} <= read
    assert read - set(example(".env.example")) - set(example(".env.admin.example")) == set()


def test_the_examples_name_nothing_that_nobody_reads() -> None:
    text = (PROJECT / "docker-compose.yml").read_text() + (
        PROJECT / "involvement" / "servers" / "__main__.py"
    ).read_text()
    of_the_image = {"POSTGRES_PASSWORD"}
    named = set(example(".env.example")) | set(example(".env.admin.example"))
    unread = named - variables_settings_read() - of_the_image
    assert {name for name in unread if name not in text} == set()


def test_secrets_are_kept_out_of_the_repository_and_the_image() -> None:
    assert {".env", ".env.admin"} <= set((PROJECT / ".gitignore").read_text().splitlines())
    assert ".env*" in (PROJECT / ".dockerignore").read_text().splitlines()
    examples = [*example(".env.example").items(), *example(".env.admin.example").items()]
    secrets = {
        name: value
        for name, value in examples
        if name.endswith(("PASSWORD", "_URL", "SECRET_KEY", "SEALING_KEY"))
    }
    filled_in = {name for name, value in secrets.items() if value and "PASSWORD" not in value}
    assert filled_in == set()


def test_production_settings_from_the_example_pass_djangos_deployment_check() -> None:
    checked = run_manage("check", "--deploy", "--fail-level", "WARNING", **as_filled_in())
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SEALING_KEY"])
@pytest.mark.parametrize(("secret", "wrong"), [("", "is not set"), ("changeme", "is weak")])
def test_a_missing_or_weak_secret_stops_the_start_and_says_what_to_do(
    name: str, secret: str, wrong: str
) -> None:
    stopped = run_manage("check", **(as_filled_in() | {name: secret}))
    assert stopped.returncode != 0
    assert f"{name} {wrong}" in stopped.stderr
    assert "secrets.token_urlsafe(64)" in stopped.stderr

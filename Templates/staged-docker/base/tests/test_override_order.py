"""Compose overrides scripts_sh, scripts_sh overrides env_var_defaults, and all agree on ports."""

import os
import re
import shutil
import tempfile
import unittest
from pathlib import Path

from shared_utils import env_var_defaults
from shared_utils.steps import read_steps
from tests import ROOT
from tests.support import run, script, set_environment

PORTS = {
    "DATABASE_PORT": (4<<PORT_BLOCK|pad(4)>>, 3<<PORT_BLOCK|pad(4)>>),
    "ENGINE_PORT": (4<<PORT_BLOCK|plus(1)|pad(4)>>, 3<<PORT_BLOCK|plus(1)|pad(4)>>),
}
STEPS = (*read_steps().preparing, read_steps().engine)
# Stands in for Python: tells what a script set up, instead of running the step.
FAKE_PYTHON = """#!/bin/sh
echo "$*"
echo "$RUNTIME_ENV"
exec "$REAL_PYTHON" -P -c '
from shared_utils import env_var_defaults
from shared_utils.steps import read_steps
print(env_var_defaults.database_port(), env_var_defaults.engine_port())
'
"""


def compose(name: str) -> str:
    return (ROOT / f"docker-compose.{name}.yml").read_text()


class OverrideOrderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.fake_python = Path(folder.name) / "python"
        self.fake_python.write_text(FAKE_PYTHON)
        self.fake_python.chmod(0o755)

    def run_script(self, step: str, **variables: str) -> list[str]:
        python = os.environ.get("PYTHON", "")
        result = run([script(step)], REAL_PYTHON=python, PYTHON=str(self.fake_python), **variables)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.splitlines()

    def test_python_alone_uses_production_ports(self) -> None:
        set_environment(self)
        self.assertEqual(env_var_defaults.database_port(), PORTS["DATABASE_PORT"][0])
        self.assertEqual(env_var_defaults.engine_port(), PORTS["ENGINE_PORT"][0])

    def test_scripts_default_to_development(self) -> None:
        set_environment(self)
        for step in STEPS:
            expected = [f"-P -m task__{step}.main", "DEV", "3<<PORT_BLOCK|pad(4)>> 3<<PORT_BLOCK|plus(1)|pad(4)>>"]
            self.assertEqual(self.run_script(step), expected)

    def test_what_compose_sets_overrides_the_scripts(self) -> None:
        set_environment(self)
        for name in (
            "stage1-prepare-data",
            "stage2-build-data-image",
            "stage3-build-engine-image",
            "prod",
        ):
            found = re.findall(r"^ {6}RUNTIME_ENV: (\S+)$", compose(name), re.MULTILINE)
            self.assertEqual(found, ["PROD"], name)
        for step in STEPS:
            _, runtime_env, ports = self.run_script(step, RUNTIME_ENV="PROD")
            self.assertEqual(runtime_env, "PROD")
            self.assertEqual(ports, "4<<PORT_BLOCK|pad(4)>> 4<<PORT_BLOCK|plus(1)|pad(4)>>")

    def test_a_port_that_is_set_overrides_everything(self) -> None:
        set_environment(self)
        for runtime_env in ("DEV", "PROD"):
            *_, ports = self.run_script(
                STEPS[0], RUNTIME_ENV=runtime_env, DATABASE_PORT="1234", ENGINE_PORT="5678"
            )
            self.assertEqual(ports, "1234 5678")


class AgreementTest(unittest.TestCase):
    def published(self, name: str) -> list[str]:
        return re.findall(r'^ {6}- "127\.0\.0\.1:(\d+):(\d+)"$', compose(name), re.MULTILINE)

    def test_compose_files_publish_the_ports_of_env_var_defaults(self) -> None:
        set_environment(self, RUNTIME_ENV="DEV")
        dev = str(env_var_defaults.database_port())
        set_environment(self, RUNTIME_ENV="PROD")
        database, engine = (
            str(env_var_defaults.database_port()),
            str(env_var_defaults.engine_port()),
        )
        self.assertEqual(self.published("dev"), [(dev, dev)])
        self.assertEqual(self.published("stage1-prepare-data"), [(database, database)])
        self.assertEqual(self.published("prod"), [(engine, engine)])
        for name, port in {"dev": dev, "stage1-prepare-data": database}.items():
            self.assertIn(f'["postgres", "-c", "port={port}"]', compose(name))
            self.assertIn(f'"-p", "{port}"]', compose(name))

    def test_the_development_file_has_the_database_alone_and_no_runtime_env(self) -> None:
        services, _, _ = compose("dev").partition("\nvolumes:\n")
        names = re.findall(r"^ {2}(\w+):$", services, re.MULTILINE)
        self.assertEqual(names, ["database"])
        self.assertNotIn("RUNTIME_ENV:", compose("dev"))

    def test_the_readme_has_the_port_table(self) -> None:
        readme = (ROOT / "README.md").read_text()
        for name, (prod, dev) in PORTS.items():
            self.assertRegex(readme, rf"\| `{name}` \|.*\| {dev} \| {prod} \|")

    def test_database_and_user_are_those_of_compose(self) -> None:
        set_environment(self)
        for name in ("dev", "stage1-prepare-data"):
            self.assertIn(f"POSTGRES_DB: {env_var_defaults.database_name()}\n", compose(name))
            self.assertIn(f"POSTGRES_USER: {env_var_defaults.database_user()}\n", compose(name))

    def test_results_of_the_two_environments_never_mix(self) -> None:
        for runtime_env, folder in {"PROD": "data/prod", "DEV": "data/dev"}.items():
            set_environment(self, RUNTIME_ENV=runtime_env)
            expected = ROOT / folder / "a_step.jsonl"
            self.assertEqual(env_var_defaults.result_file("a_step"), expected)

    def test_the_input_is_where_it_is_looked_for(self) -> None:
        for runtime_env in ("PROD", "DEV"):
            set_environment(self, RUNTIME_ENV=runtime_env)
            self.assertTrue(env_var_defaults.input_file().is_file())

    def test_the_secrets_file_is_explained_and_kept_out(self) -> None:
        example = (ROOT / ".env.example").read_text()
        self.assertEqual(re.findall(r"^\w+=.*$", example, re.MULTILINE), ["POSTGRES_PASSWORD="])
        self.assertIn("\n.env\n", (ROOT / ".gitignore").read_text())
        self.assertIn("\n**/.env\n", (ROOT / ".dockerignore").read_text())


class PythonOfScriptsTest(unittest.TestCase):
    def test_the_project_s_own_environment_is_used_unless_another_is_active(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            for python, answer in ((".venv/bin/python", "own"), ("active/bin/python3", "active")):
                path = root / python
                path.parent.mkdir(parents=True)
                path.write_text(f"#!/bin/sh\necho {answer}\n")
                path.chmod(0o755)
            copy = root / "scripts_sh" / script(STEPS[0]).name
            copy.parent.mkdir()
            shutil.copy(script(STEPS[0]), copy)
            programs = f"{root / 'active/bin'}{os.pathsep}{os.environ['PATH']}"
            own = run([copy], PYTHON="", PATH=programs)
            active = run([copy], PYTHON="", PATH=programs, VIRTUAL_ENV=str(root / "active"))
        self.assertEqual((own.stdout, active.stdout), ("own\n", "active\n"))

"""Backup and restore, with a stand-in for compose that notes how it was called."""

import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

from shared_utils import env_var_defaults
from tests import ROOT
from tests.support import run, set_environment

# A dump is what pg_dump says; what pg_restore is given is kept.
FAKE_COMPOSE = """#!/bin/sh
echo "$*" | sed "s|$ROOT/||" >> "$CALLS"
case "$*" in
*"$FAILING"*) echo half; exit 9 ;;
*" pg_dump "*) echo "a dump" ;;
*" pg_restore "*) cat > "$RESTORED" ;;
esac
"""
FILES = {"DEV": "docker-compose.dev.yml", "PROD": "docker-compose.stage1-prepare-data.yml"}


class DatabaseScriptsTest(unittest.TestCase):
    """In a copy, since the project's own backups are not to be touched."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        shutil.copytree(ROOT / "scripts_db", self.root / "scripts_db")
        self.compose = self.root / "compose"
        self.compose.write_text(FAKE_COMPOSE)
        self.compose.chmod(0o755)
        self.calls = self.root / "calls"
        self.restored = self.root / "restored"
        self.backup = self.root / "a backup"

    def run_script(
        self, name: str, *arguments: str | Path, failing: str = "nothing", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return run(
            [self.root / "scripts_db" / name, *arguments],
            COMPOSE=f"{self.compose} --an-option",
            ROOT=str(self.root),
            CALLS=str(self.calls),
            RESTORED=str(self.restored),
            FAILING=failing,
            **variables,
        )

    def expected_call(self, runtime_env: str, program: str, options: str) -> str:
        set_environment(self, RUNTIME_ENV=runtime_env)
        return (
            f"--an-option -f {FILES[runtime_env]} exec -T database {program}"
            f" --username={env_var_defaults.database_user()}"
            f" --port={env_var_defaults.database_port()}"
            f" --dbname={env_var_defaults.database_name()} {options}"
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def test_a_backup_is_what_the_database_of_the_environment_says(self) -> None:
        for runtime_env in FILES:
            self.calls.unlink(missing_ok=True)
            self.backup.unlink(missing_ok=True)
            result = self.run_script("backup.sh", self.backup, RUNTIME_ENV=runtime_env)
            self.assertEqual(result.returncode, 0, result.stderr)
            expected = self.expected_call(runtime_env, "pg_dump", "--format=custom")
            self.assertEqual(self.called(), [expected])
            self.assertEqual(result.stdout, f"{self.backup}\n")
            self.assertEqual(self.backup.read_text(), "a dump\n")
            self.assertEqual(stat.S_IMODE(self.backup.stat().st_mode), 0o600)

    def test_without_a_name_it_goes_to_backups(self) -> None:
        result = self.run_script("backup.sh")
        (made,) = (self.root / "backups").iterdir()
        self.assertEqual(result.stdout, f"{made}\n")
        self.assertRegex(made.name, r"\ADEV-\d{8}T\d{6}Z\.dump\Z")
        for name in (".gitignore", ".dockerignore"):
            self.assertRegex((ROOT / name).read_text(), r"(?m)^/?backups/?$", name)

    def test_a_backup_that_fails_leaves_nothing(self) -> None:
        result = self.run_script("backup.sh", self.backup, failing="pg_dump")
        self.assertEqual(result.returncode, 1)
        self.assertIn("error: pg_dump failed; the database has to run", result.stderr)
        self.assertIn(f"-f {FILES['DEV']} up -d database", result.stderr)
        self.assertEqual(list(self.root.glob("a backup*")), [])

    def test_a_backup_that_is_there_stays(self) -> None:
        self.backup.write_text("an older one")
        result = self.run_script("backup.sh", self.backup)
        self.assertEqual(result.returncode, 1)
        self.assertIn("exists already", result.stderr)
        self.assertEqual(self.backup.read_text(), "an older one")

    def test_a_restore_is_whole_or_not_at_all(self) -> None:
        self.backup.write_text("a dump")
        options = "--clean --if-exists --no-owner --single-transaction"
        for runtime_env in FILES:
            self.calls.unlink(missing_ok=True)
            result = self.run_script("restore.sh", self.backup, RUNTIME_ENV=runtime_env)
            self.assertEqual(result.returncode, 0, result.stderr)
            expected = self.expected_call(runtime_env, "pg_restore", options)
            self.assertEqual(self.called(), [expected])
            self.assertEqual(self.restored.read_text(), "a dump")
        result = self.run_script("restore.sh", self.backup, failing="pg_restore")
        self.assertEqual(result.returncode, 1)
        self.assertIn("error: pg_restore failed", result.stderr)

    def test_wrong_words_are_refused_before_anything_is_done(self) -> None:
        for name, argument, code in (
            ("backup.sh", "--unknown", 2),
            ("restore.sh", "--unknown", 2),
            ("restore.sh", "", 2),
            ("restore.sh", "/missing", 1),
        ):
            with self.subTest(f"{name} {argument}"):
                self.assertEqual(self.run_script(name, argument).returncode, code)
        for name in ("backup.sh", "restore.sh"):
            result = self.run_script(name, self.backup, RUNTIME_ENV="STAGING")
            self.assertEqual(result.returncode, 1)
            self.assertIn("RUNTIME_ENV='STAGING' is malformed", result.stderr)
            self.assertIn(f"Usage: {name}", self.run_script(name, "--help").stdout)
        self.assertEqual(self.called(), [])

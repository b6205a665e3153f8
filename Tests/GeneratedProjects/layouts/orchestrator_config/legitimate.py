"""What an owner may configure: the checker and the project's own tests have nothing against it.

Statements that give no columns, lookups that find nothing in the first records, values that a column
refuses, SQL of PostgreSQL where PostgreSQL is asked.
"""

import re
from pathlib import Path

from layouts.orchestrator_config.project import Copies, Copy
from verification.claims import require
from verification.commands import Command, run
from verification.report import Check, Once

_OPERATIONS = """\
    close_one:
      source_id: default
      query: UPDATE {table} SET name = :name WHERE id = CAST(:id AS INTEGER)
      params: [id, name]
      returns: one
      fields: []
    remove_many:
      source_id: default
      query: DELETE FROM {table} WHERE name LIKE :pattern
      params: [pattern]
      returns: many
      fields: []
    find_by_name:
      source_id: default
      query: SELECT id, name FROM {table} WHERE name = :name
      params: [name]
      returns: one
      fields: [id, name]
    find_all_by_name:
      source_id: default
      query: SELECT name, id FROM {table} WHERE name = :name
      params: [name]
      returns: many
      fields: [id, name]
    create_with_status:
      source_id: default
      query: INSERT INTO {table} (name, status) VALUES (:name, :status) RETURNING id
      params: [name, status]
      returns: one
      fields: [id]
    page:
      source_id: default
      query: SELECT id FROM {table} ORDER BY id LIMIT :size OFFSET :start
      params: [start, size]
      returns: many
      fields: [id]
"""
_TESTS = tuple(
    f"tests/test_{one}.py" for one in ("config", "environments", "postman", "yaml_style")
)
# The same question as PostgreSQL may be asked it, of what was there within a week.
_OF_POSTGRES = """\
        SELECT status, COUNT(*)::bigint AS total
        FROM {table}
        WHERE created_at::timestamptz > now() - interval '7 days'
        GROUP BY status ORDER BY status
"""


def check(copies: Copies, title: str) -> Check:
    copy = Once("a copy with more", lambda: copies.make("legitimate"))
    return Check(f"legitimate configuration passes{title}", lambda: _passes(copy()))


def _passes(copy: Copy) -> str:
    project = copy.project
    table = f"records_{project.simple[0]}"
    for file in project.databases:
        path = copy.folder / file
        text = path.read_text(encoding="utf-8")
        if not (project.several and Path(file).parent.name == project.loosest):
            text = _asked_as_postgres(text, table)
        path.write_text(text + _OPERATIONS.format(table=table), encoding="utf-8")
    # A record less.
    copy.edit("data/seed.sql", "    ('second', 'open', '2025-01-07 09:15:00'),\n", "")
    for environment in project.environments if project.several else ("",):
        settings = {"ENVIRONMENT": environment} if environment else {}
        copy.run("run.py", "--check", settings=settings)
    command: Command = [copy.python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tests = [one for one in _TESTS if (copy.folder / one).exists()]
    told = run([*command, *tests], cwd=copy.folder, env=copy.environment(), codes=None, seconds=120)
    require(told.code == 0, f"its own tests refuse it\n{told.text}")
    return told.out.strip().splitlines()[-1]


def _asked_as_postgres(text: str, table: str) -> str:
    pattern = rf"        SELECT status, COUNT.*\n        FROM {table}\n        GROUP BY .*\n"
    changed, count = re.subn(pattern, _OF_POSTGRES.format(table=table), text)
    require(count == 1, f"{count} operations count the records of {table}")
    return changed

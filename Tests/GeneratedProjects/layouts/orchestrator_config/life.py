"""A project that its owner has configured, and that gets another domain and another environment."""

from pathlib import Path

from layouts.orchestrator_config.code import Code
from layouts.orchestrator_config.project import NAME, Project
from verification.claims import require_equal
from verification.commands import run
from verification.context import Context
from verification.following import Edit, Followed
from verification.python_code import Used
from verification.report import Check, Once

_DOMAINS, _MORE_DOMAINS = "orders,customers", "orders,invoices,customers"
_ENVIRONMENTS, _MORE_ENVIRONMENTS = "laptop,staging,live", "laptop,qa,staging,live"
_EDITS = (
    Edit("config/base/domains/orders.yaml", "Orders of our customers", "Records of orders"),
    Edit("config/laptop/database.yaml", "pool_size: 7  #", "pool_size: 5  #"),
    Edit("config/staging/config.yaml", "timeout: 50", "timeout: 45"),
    Edit("data/seed.sql", "\n-- Ann has more of them.\n"),
    Edit(".env", "\n# Ann knows the passwords.\n"),
    Edit("docs/domains.md", "What our domains are for.\n"),
)


def checks(context: Context, python: Once[Path]) -> list[Check]:
    title = ", updated with one domain and environment more"

    def add() -> Project:
        project = Followed(context.scaffold, context.memory / "life")
        first = (f"--domains={_DOMAINS}", f"--environments={_ENVIRONMENTS}")
        project.begin(NAME, "--variant=multi-env", *first)
        more = (f"--domains={_MORE_DOMAINS}", f"--environments={_MORE_ENVIRONMENTS}")
        project.keep(_EDITS, *more, back=first)
        mode = (project.folder / ".env").stat().st_mode & 0o777
        require_equal("mode of .env", mode, 0o600)
        return Project(project.folder)

    made = Once("one more domain and environment by `scaffold update`", add)

    def starts() -> str:
        project = made()
        project.write_variables(project.variables())
        run([python(), "scripts/init_db.py"], cwd=project.folder, env=project.environment(python()))
        for environment in ("laptop", "qa"):
            env = project.environment(python(), {"ENVIRONMENT": environment})
            run([python(), "run.py", "--check"], cwd=project.folder, env=env)
        return "laptop, qa"

    return [
        Check("update: more domains and environments keep what the owner has", lambda: _told(made)),
        *Code(Used(made, python), context.memory).checks(title),
        Check(f"run.py --check{title}", starts),
    ]


def _told(made: Once[Project]) -> str:
    made()
    return f"{_MORE_DOMAINS}; {_MORE_ENVIRONMENTS}"

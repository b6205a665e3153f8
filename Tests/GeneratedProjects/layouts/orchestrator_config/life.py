"""A project that its owner has configured, and that grows: into several environments, for which
what all have in common moves; then by another domain and another environment.
"""

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
_FIRST_EDITS = (
    Edit("config/config.yaml", "# Ann decides how much is said.\nlogging:", "logging:"),
    Edit("config/domains/orders.yaml", "Orders of our customers", "Records of orders"),
    Edit("config/domains/.owners", "Ann\n"),
)
_EDITS = (
    Edit("config/laptop/database.yaml", "pool_size: 7  #", "pool_size: 5  #"),
    Edit("config/staging/config.yaml", "timeout: 50", "timeout: 45"),
    Edit("data/seed.sql", "\n-- Ann has more of them.\n"),
    Edit(".env", "\n# Ann knows the passwords.\n"),
    Edit("docs/domains.md", "What our domains are for.\n"),
)
# Beside what comes next.
_NEW_EDITS = (
    Edit("config/base/domains/returns.yaml", "Returns that Ann takes", "Records of returns"),
    Edit("config/base/domains/depot/depot.yaml", "\n# Ann has the keys.\n"),
    Edit("config/test/config.yaml", "\n# Ann breaks it first.\n"),
    Edit("config/test/database.yaml", "pool_size: 8  #", "pool_size: 5  #"),
)


def checks(context: Context, python: Once[Path]) -> list[Check]:
    title = ", updated to more environments and domains"

    def add() -> Project:
        project = Followed(context.scaffold, context.memory / "life")
        recommended = "--variant=recommended"
        project.begin(NAME, recommended, f"--domains={_DOMAINS}")
        several = ("--variant=multi-env", f"--environments={_ENVIRONMENTS}")
        project.keep(_FIRST_EDITS, *several, back=[recommended], moved=_moved)
        first = (f"--domains={_DOMAINS}", f"--environments={_ENVIRONMENTS}")
        more = (f"--domains={_MORE_DOMAINS}", f"--environments={_MORE_ENVIRONMENTS}")
        project.keep(_EDITS, *more, back=first)
        project.require_kept(*(Edit(_moved(one.path), one.new) for one in _FIRST_EDITS))
        project.grow("add", "domain", "returns")
        # Its variables and records come where the owner has written the last lines.
        ends = [".env", "data/seed.sql"]
        project.grow("add", "complex-domain", "depot", conflicts=ends, choose=_last)
        project.grow("add", "environment", "test")
        project.grow("add", "domain", "refunds", "parcels", "--after", "orders", edits=_NEW_EDITS)
        project.grow("add", "complex-domain", "yard", "--before", "depot")
        project.grow("add", "environment", "drill", "--after", "test")
        project.grow("remove", "environment", "drill")
        project.grow("remove", "complex-domain", "yard")
        project.grow("remove", "domain", "parcels")
        project.require_kept(*_NEW_EDITS)
        mode = (project.folder / ".env").stat().st_mode & 0o777
        require_equal("mode of .env", mode, 0o600)
        return Project(project.folder)

    made = Once("more domains and environments by `scaffold update` and `add`", add)

    def starts() -> str:
        project = made()
        project.write_variables(project.variables())
        run([python(), "scripts/init_db.py"], cwd=project.folder, env=project.environment(python()))
        for environment in ("laptop", "qa", "test"):
            env = project.environment(python(), {"ENVIRONMENT": environment})
            run([python(), "run.py", "--check"], cwd=project.folder, env=env)
        return "laptop, qa, test"

    return [
        Check(
            "update, add, remove: environments and domains keep what the owner has",
            lambda: _told(made),
        ),
        *Code(Used(made, python), context.memory).checks(title),
        Check(f"run.py --check{title}", starts),
    ]


def _moved(path: str) -> str:
    """Of what is in `config/`, which becomes what all environments have."""
    return path.replace("config/", "config/base/", 1)


def _last(yours: str, theirs: str) -> str:
    return f"{theirs}\n{yours}"


def _told(made: Once[Project]) -> str:
    made()
    return f"{_MORE_DOMAINS}; {_MORE_ENVIRONMENTS}"

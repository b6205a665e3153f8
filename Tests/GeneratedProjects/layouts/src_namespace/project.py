"""Projects that the layout `src-namespace` makes, as their owner would use them."""

from dataclasses import dataclass

from verification import project

NAME = "src-namespace"
DESCRIPTION = "An asyncio service that keeps trading positions"
USERNAME = "operator"
PASSWORD = "correct:horse ünïcode"  # noqa: S105
ACCOUNTS = ("main", "hedge-1")
# What the layout offers.
PYTHONS = ("3.13", "3.14", "3.15")


@dataclass(frozen=True)
class Project(project.Project):
    """What a project is asked to be; the defaults are the layout's own."""

    description: str = DESCRIPTION
    python: str = "3.14"
    region: str = "ap-east-1"
    slack: bool = True
    example: bool = True
    license: str = "none"

    @property
    def package(self) -> str:
        return self.name.replace("-", "_")

    @property
    def script(self) -> str:
        """The console script."""
        return f"run-{self.package}"

    @property
    def namespace(self) -> str:
        """Where chamber finds the secrets, unless the environment says otherwise."""
        return f"projects/{self.package}/prod"

    @property
    def variable(self) -> str:
        """What the names of the project's own variables begin with."""
        return self.package.upper()

    def settings(self, port: int) -> dict[str, str]:
        """Every variable that the service demands, and where it listens."""
        accounts = {"BYBIT_ACCOUNT_IDS": ",".join(ACCOUNTS)} if self.example else {}
        return {
            "MODE": "dev",
            "SERVER_PORT": str(port),
            **accounts,
            f"{self.variable}_API_AUTH_USERNAME": USERNAME,
            f"{self.variable}_API_AUTH_PASSWORD": PASSWORD,
            "QUART_SECRET_KEY": "only-for-the-verification-only-for-the-verification",
        }

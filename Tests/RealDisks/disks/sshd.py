"""An SSH server on loopback, with a configuration and keys of its own."""

import getpass
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from disks.mounts import Mounts, require_programs
from verification.commands import CheckError, Command, run

_SERVER = Path("/usr/sbin/sshd")
_SECONDS_TO_START = 10.0


@dataclass(frozen=True)
class Server:
    """Where it listens and how one gets in."""

    port: int
    key: Path
    known: Path

    def options(self) -> Command:
        """For sshfs: nothing of the user's own configuration counts."""
        values = (
            f"IdentityFile={self.key}",
            f"UserKnownHostsFile={self.known}",
            "StrictHostKeyChecking=yes",
            "IdentitiesOnly=yes",
            "BatchMode=yes",
        )
        return ("-p", str(self.port), "-F", "/dev/null", *(f"-o{value}" for value in values))

    @property
    def host(self) -> str:
        return f"{getpass.getuser()}@127.0.0.1"


def start_server(mounts: Mounts, folder: Path) -> Server:
    require_programs(str(_SERVER), "ssh-keygen", "sshfs")
    # It refuses to start without a folder of its own below /run, which is ours alone here.
    Path("/run/sshd").mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    for name in ("host", "client"):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name])
    (folder / "authorized").write_text((folder / "client.pub").read_text())
    port = _free_port()
    kind, key = (folder / "host.pub").read_text().split()[:2]
    (folder / "known").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "PermitRootLogin": "prohibit-password",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "UsePAM": "no",
        "MaxStartups": "100",
        "Subsystem": "sftp internal-sftp",
    }
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    (folder / "config").write_text("".join(lines))
    log = folder / "log"
    process = mounts.server([_SERVER, "-D", "-e", "-f", folder / "config"], log)
    limit = time.monotonic() + _SECONDS_TO_START
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > limit:
            raise CheckError(f"sshd did not start\n{log.read_text(errors='replace')}")
        time.sleep(0.05)
    return Server(port, folder / "client", folder / "known")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as one:
            return one.recv(4) == b"SSH-"
    except OSError:
        return False

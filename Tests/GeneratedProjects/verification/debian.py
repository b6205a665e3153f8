"""Where Debian's packages come from."""

import platform

from verification.commands import Command, run


def mirror() -> list[str]:
    """Where this machine has them from, by its own settings; if it says so."""
    release = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    listed: Command = ["apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)"]
    found = run([*listed, "Component: main"]).out.splitlines()
    return [uri for name, _, uri in (line.partition(" ") for line in found) if name == release][:1]

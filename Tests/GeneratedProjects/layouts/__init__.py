"""One module per layout: what is claimed about the projects that it makes."""

from layouts import (
    checked,
    ops_k8s,
    orchestrator_config,
    quoting,
    repository,
    shared,
    src_namespace,
    staged_docker,
    tiered,
)
from verification.context import Layout

# What takes longest begins first.
BUILT_IN: tuple[Layout, ...] = (
    ops_k8s.LAYOUT,
    tiered.LAYOUT,
    staged_docker.LAYOUT,
    orchestrator_config.LAYOUT,
    src_namespace.LAYOUT,
)
# What is claimed about no layout alone.
LAYOUTS: tuple[Layout, ...] = (
    *BUILT_IN,
    shared.LAYOUT,
    quoting.LAYOUT,
    checked.LAYOUT,
    repository.LAYOUT,
)

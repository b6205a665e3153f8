"""One module per layout: what is claimed about the projects that it makes."""

from layouts import ops_k8s, orchestrator_config, src_namespace, staged_docker, tiered
from verification.context import Layout

LAYOUTS: tuple[Layout, ...] = (
    staged_docker.LAYOUT,
    tiered.LAYOUT,
    src_namespace.LAYOUT,
    orchestrator_config.LAYOUT,
    ops_k8s.LAYOUT,
)

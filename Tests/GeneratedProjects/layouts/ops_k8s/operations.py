"""What runs a project: images, compose, manifests, workflows, monitoring."""

from layouts.ops_k8s import images, workflows
from layouts.ops_k8s.journey import Journey
from layouts.ops_k8s.kafka import Kafka
from layouts.ops_k8s.manifests import Kubernetes
from layouts.ops_k8s.monitoring import Monitoring
from layouts.ops_k8s.project import Project
from layouts.ops_k8s.services import Ports, Services
from layouts.ops_k8s.shell import Shell
from verification.containers import Containers
from verification.context import Context
from verification.images import Images
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Once


def checks(
    context: Context, databases: Databases, used: Used[Project], services: Services, title: str
) -> list[Check]:
    """With servers of their own, some of which are stopped."""
    shell = Shell(used, services, context.memory)
    kubernetes = Kubernetes(used, shell.scratch)
    kafka = Kafka(shell, Journey(shell, databases, "churn"))
    return [
        *workflows.checks(used.project, title),
        *kubernetes.checks(title),
        *Monitoring(shell, databases, kafka, kubernetes).checks(title),
    ]


def container_checks(
    context: Context, project: Once[Project], ports: Ports, used: Used[Project]
) -> list[Check]:
    """Of a project that nothing else touches."""

    def make_images() -> str:
        machine: Containers = context.machine()
        made = Images(machine, context.work / "images")
        return made.make([project().python], images.public_images(project()))

    stand_ins = Once("the stand-in images", make_images)

    def with_images() -> Containers:
        stand_ins()
        return context.machine()

    machine = Once("the stand-in images", with_images)
    own = Used(project, used.python)
    kubernetes = Kubernetes(own, context.memory)
    return images.Stages(own, machine, ports, kubernetes).checks(stand_ins)

"""Prints the Kubernetes manifests for one release.

    python -m tools.deployment.render_manifests --image registry/name:tag | kubectl apply -f -

The image replaces the local one everywhere, and the migration gets a name of its own for each
image, because Kubernetes neither changes nor repeats a Job that exists.
"""

import argparse
import hashlib
import re
import sys
from pathlib import Path

MANIFESTS = Path(__file__).resolve().parents[2] / "k8s"

# What the manifests in the repository name, and what no registry has.
LOCAL_IMAGE = "<<PROJECT_NAME>>:local"
MIGRATION = "<<PROJECT_NAME>>-migrate"

# A repository, then a tag that says which release it is, or a digest.
_IMAGE = re.compile(
    r"[a-z0-9]+(?:[._:/-][a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})"
)


class ManifestError(Exception):
    """The manifests are not as this program knows them."""


def image_reference(text: str) -> str:
    """An image of one certain release; `latest` could be another one on every node."""
    if not _IMAGE.fullmatch(text) or text.endswith(":latest"):
        message = f"{text!r} is not an image with a tag other than latest, or with a digest"
        raise argparse.ArgumentTypeError(message)
    return text


def render(image: str, folder: Path = MANIFESTS) -> str:
    """All manifests as one stream, configuration first."""
    release = hashlib.sha256(image.encode()).hexdigest()[:8]
    order = ("configmap.yaml", "service.yaml", "deployment.yaml")
    text = "---\n".join((folder / name).read_text(encoding="utf-8") for name in order)
    text, images = re.subn(
        rf"^( +image: ){re.escape(LOCAL_IMAGE)}$",
        lambda found: found[1] + image,
        text,
        flags=re.MULTILINE,
    )
    text, jobs = re.subn(
        rf"^(  name: {re.escape(MIGRATION)})$", rf"\1-{release}", text, flags=re.MULTILINE
    )
    if images == 0 or jobs != 1:
        raise ManifestError(f"found {images} images and {jobs} migrations in {folder}")
    return text


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Prints the manifests for one release.")
    parser.add_argument("--image", type=image_reference, required=True, help="registry/name:tag")
    options = parser.parse_args(arguments)
    try:
        sys.stdout.write(render(options.image))
    except (ManifestError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

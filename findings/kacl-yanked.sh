#!/usr/bin/env bash
# python-kacl 0.7.7: a change that is added to a changelog takes [YANKED] from the old releases.
#
# Expected: `kacl-cli add` puts an entry under Unreleased and leaves the releases below as they are;
# that one of them was withdrawn stays said, by [YANKED] after its date, as Keep a Changelog 1.1.0
# has it in its questions and answers.
# Seen: it goes without a word, while `kacl-cli verify` calls the file valid before and afterwards:
# a withdrawn release reads as one to use. Code blocks and nested lists stay byte for byte.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-kacl==0.7.7
cd -- "$work"

cat >CHANGELOG.md <<'END'
# Changelog

All notable changes to this project will be documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.0.0/),
and this project adheres to [Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [Unreleased]

## [1.1.0] - 2026-02-03

### Changed

- A block, and parts:

  ```sh
  run --all
  ```

  - first
  - second

## [1.0.0] - 2026-01-02 [YANKED]

### Added

- The first.

[Unreleased]: https://example.com/compare/v1.1.0...HEAD
[1.1.0]: https://example.com/compare/v1.0.0...v1.1.0
[1.0.0]: https://example.com/releases/tag/v1.0.0
END
cp CHANGELOG.md before.md

seen="$(
    venv/bin/kacl-cli verify
    venv/bin/kacl-cli add Fixed 'A fault' --modify >added
    diff --unified=0 before.md CHANGELOG.md | tail -n +3 || true
    venv/bin/kacl-cli verify
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
Success
@@ -9,0 +10,4 @@
+### Fixed
+
+- A fault
+
@@ -23 +27 @@
-## [1.0.0] - 2026-01-02 [YANKED]
+## [1.0.0] - 2026-01-02
Success
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi

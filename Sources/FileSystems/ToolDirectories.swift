/// Directories that tools make for themselves, whatever project they stand in: nothing that somebody
/// wrote is in them, and often far more than in all the rest.
package enum ToolDirectories {
  private static let names: Set<String> = [
    ".git", ".hg", ".svn", ".bzr",
    ".venv", "venv", ".virtualenv", "virtualenv", "__pycache__", "site-packages", ".eggs",
    ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".pytype",
    ".ipynb_checkpoints", ".uv-cache", ".pdm-build", "__pypackages__", "htmlcov",
    "node_modules", "bower_components", ".npm", ".yarn", ".pnpm-store", ".parcel-cache", ".next",
    ".cache", ".direnv", ".terraform", ".gradle", ".idea", ".serverless", ".aws-sam",
  ]

  package static func contains(_ name: String) -> Bool {
    names.contains(name) || name.utf8.suffix(9).elementsEqual(".egg-info".utf8)
  }
}

extension Manifest {
  /// What the versions behind `version`, up to this one, changed: an update steps over them. The oldest
  /// comes first. Nothing where `version` is newer than the manifest, or no version.
  package func changes(after version: String) -> [Change] {
    guard let old = VersionNumber(version), let new = VersionNumber(self.version), old < new else {
      return []
    }
    let dated = changes.compactMap { change in
      VersionNumber(change.version).map { (version: $0, change: change) }
    }
    return dated.filter { old < $0.version && $0.version <= new }
      .sorted { $0.version < $1.version }.map(\.change)
  }
}

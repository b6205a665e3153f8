extension Manifest {
  /// What the versions behind `version`, up to this one, changed: an update steps over them. In the
  /// order of the manifest. Nothing where `version` is newer than the manifest, or no version.
  package func changes(after version: String) -> [Change] {
    guard let old = VersionNumber(version), let new = VersionNumber(self.version), old < new else {
      return []
    }
    return changes.filter { change in
      VersionNumber(change.version).map { old < $0 && $0 <= new } ?? false
    }
  }
}

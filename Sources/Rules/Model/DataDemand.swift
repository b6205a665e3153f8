import DataFiles

/// What is asked of the values that a selector leads to in a data file.
package struct DataDemand: Sendable {
  package var selector: DataSelector
  /// As the file is read; nil where its name tells.
  package var format: DataFormat?
  /// Whether there is something, or nothing; nil for either.
  package var exists: Bool?
  /// Keys that each value has.
  package var keys: [String] = []
  /// Globs of keys that none has.
  package var refusedKeys: [KeyGlob] = []
  /// Each scalar matches it as a whole.
  package var match: CapturingPattern?
  /// No scalar matches it as a whole.
  package var refuse: CapturingPattern?
  /// At least one scalar matches it as a whole.
  package var any: CapturingPattern?
  /// Whether each scalar names what is there, seen from the file's directory.
  package var isPath = false

  package init(_ selector: DataSelector) {
    self.selector = selector
  }

  /// Whether nothing is asked.
  package var isEmpty: Bool {
    exists == nil && keys.isEmpty && refusedKeys.isEmpty && match == nil && refuse == nil
      && any == nil && !isPath
  }

  package var patterns: [CapturingPattern] { [match, refuse, any].compactMap(\.self) }
}

import Documents

/// What may stand in the place of the word under the cursor.
package struct CompletionAnswer: Equatable, Sendable {
  /// What of the word stays before each candidate: `--layout=`, `orders,`.
  package var prefix = ""
  package var candidates: [Candidate] = []
  /// What a shell adds, which knows the disk.
  package var paths = Paths.none
  /// What the candidates are, in one word.
  package var title = "value"
  /// Whether the word goes on behind a candidate.
  package var goesOn = false

  package enum Paths: String, Comparable, Sendable {
    case none
    case directories
    /// Directories as well, since a file may be in one.
    case files

    package static func < (one: Paths, other: Paths) -> Bool {
      switch (one, other) {
      case (.none, .directories), (.none, .files), (.directories, .files): true
      default: false
      }
    }
  }

  package struct Candidate: Equatable, Sendable {
    package var value: String
    /// One line; empty where there is nothing to say.
    package var description: String

    package init(_ value: String, _ description: String? = nil) {
      self.value = value
      self.description = description ?? ""
    }

    /// Whether a terminal may be sent it as it is. What would be shown in the place of another one is
    /// no value of it.
    var isPrintable: Bool { Printable.text(value) == value && !value.isEmpty }
  }

  package init() {}

  package init(title: String, _ candidates: [Candidate], _ paths: Paths = .none) {
    self.title = title
    self.candidates = candidates
    self.paths = paths
  }

  /// - Parameter other: what may stand there as well.
  package mutating func add(_ other: CompletionAnswer) {
    if candidates.isEmpty { title = other.title }
    candidates += other.candidates
    paths = max(paths, other.paths)
  }
}

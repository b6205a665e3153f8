import Documents
import Templating

/// What a layout's document asks of every project of its shape, as data: of what (the subject),
/// what is asked (the demands), and why.
package struct Rule: Sendable {
  /// Unique in its layout, and the same from version to version.
  package var id: String
  /// What is so where the rule is kept: one line.
  package var summary: String
  /// Why the document asks for it.
  package var reason: String
  /// What to do where it is broken; nil for what the demand itself suggests.
  package var remedy: String?
  /// Over the layout's variables; nil for a rule that always applies.
  package var when: Condition?
  /// The condition as the manifest has it.
  package var whenText: String?
  package var subject: Subject
  /// Files that are looked into for each path of the subject; none where that is the file itself.
  package var places: [CapturingGlob]
  /// What is left out of the subject.
  package var exceptions: [CapturingGlob]
  /// The forms that captures have; what is not named here is any text without a slash.
  package var forms: [Form]
  package var demands: Demands

  package enum Subject: Sendable {
    case project
    /// Each path that is there.
    case each(CapturingGlob)
    /// Each file that is there, and what it holds.
    case files([CapturingGlob])

    /// Where it is looked for; none for the project itself.
    package var globs: [CapturingGlob] {
      switch self {
      case .project: []
      case .each(let glob): [glob]
      case .files(let globs): globs
      }
    }
  }

  package struct Form: Hashable, Sendable {
    package var capture: String
    /// A text pattern that a capture matches as a whole.
    package var pattern: String
  }

  /// No rule has all of them, and each has one.
  package struct Demands: Sendable {
    /// Each is there; of a glob at least one.
    package var required: [CapturingGlob] = []
    package var forbidden: [CapturingGlob] = []
    package var numbers: Numbers?
    /// Each is found somewhere in a file.
    package var matches: [CapturingPattern] = []
    package var refusals: [CapturingPattern] = []
    package var lines: [LineDemand] = []
    package var data: [DataDemand] = []

    package var isEmpty: Bool {
      required.isEmpty && forbidden.isEmpty && numbers == nil && !looksIntoFiles
    }

    /// Whether what files hold is asked for.
    package var looksIntoFiles: Bool {
      !matches.isEmpty || !refusals.isEmpty || !lines.isEmpty || !data.isEmpty
    }
  }

  /// That the numbers in the names of what is there are unique and of one width, which puts them in
  /// order wherever names are sorted.
  package struct Numbers: Hashable, Sendable {
    package var capture: String
    /// Whether none is left out.
    package var isConsecutive = false
    /// The first one; nil for any.
    package var first: Int?
  }

  /// That every line in which one pattern is found has another in it, or does not.
  package struct LineDemand: Hashable, Sendable {
    package var with: CapturingPattern
    package var match: CapturingPattern?
    package var refuse: CapturingPattern?
  }
}

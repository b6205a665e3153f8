import Documents

/// What the commands that are shown depend on besides layout and answers: what is known of a machine
/// by looking alone. Nothing that is rendered knows of it.
package struct Machine {
  /// A program as its name is found in the path.
  package struct Program: Sendable, Equatable {
    /// Where it was found.
    package var path: String
    /// The name of the file that links lead to from there: `python3.14` of `python3`.
    package var realName: String

    package init(path: String, realName: String) {
      self.path = path
      self.realName = realName
    }

    /// Whether it stands for several versions, of which none needs to be chosen, as in
    /// `~/.pyenv/shims`: what it does when it is called cannot be seen.
    var isShim: Bool {
      let directories = path.parts(between: "/").dropLast()
      return directories.last == "shims"
    }
  }

  /// How a project stands to git.
  package enum Repository: Sendable {
    case none
    /// The project's directory is the top of one.
    case own
    /// One holds the project's directory.
    case around
  }

  package var repository: Repository
  private let find: (String) -> Program?

  /// - Parameter find: what a name leads to in the path.
  package init(repository: Repository, find: @escaping (String) -> Program?) {
    self.repository = repository
    self.find = find
  }

  /// Whether a program that is called by `name` is surely there, or by another name that leads to it.
  func has(_ name: String, as other: String? = nil) -> Bool {
    guard let program = find(other ?? name), !program.isShim else { return false }
    return other == nil || program.realName == name
  }

  var hasGit: Bool { has("git") }

  /// Whether the project is the top of a repository once it was shown how to make it that.
  var canBeRepository: Bool {
    switch repository {
    case .none: hasGit
    case .own: true
    case .around: false
    }
  }
}

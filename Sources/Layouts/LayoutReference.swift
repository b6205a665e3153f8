import Documents

/// What leads to a layout, from wherever a run was started.
package enum LayoutReference: Hashable, Sendable {
  /// The name of a layout in the binary.
  case builtIn(String)
  /// A folder, as the user wrote it.
  case folder(String)

  /// What a command line means by `text`: a folder has a `/` in it, or is `.` or `..`.
  package init(_ text: String) {
    self = text.holds("/") || text == "." || text == ".." ? .folder(text) : .builtIn(text)
  }

  /// What `--layout` takes for it.
  package var text: String {
    switch self {
    case .builtIn(let name): name
    case .folder(let folder): folder
    }
  }

  package var isBuiltIn: Bool {
    if case .builtIn = self { true } else { false }
  }
}

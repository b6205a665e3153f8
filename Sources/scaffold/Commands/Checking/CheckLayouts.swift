import Console
import Documents
import FileSystems
import Layouts
import Projects
import Rules

/// The layouts that the projects of a run are held against, each loaded once.
struct CheckLayouts {
  /// A layout, and what is worked out of its rules, project by project.
  struct Loaded {
    let layout: Layout
    let book: RuleBook

    init(_ layout: Layout) {
      self.layout = layout
      book = RuleBook(layout.manifest.rules, layout: layout.name)
    }
  }

  /// That of `--layout`.
  let named: Loaded?
  private let isLarge: Bool
  /// Those that records have led to, by what they are called wherever a project is.
  private var loaded: [LayoutReference: Result<Loaded, Failure>] = [:]

  /// - Throws: `Failure`: there is no such layout, or it is at fault.
  init(named: String?, isLarge: Bool, _ context: Context) throws(Failure) {
    self.isLarge = isLarge
    guard let named else {
      self.named = nil
      return
    }
    self.named = Loaded(
      try LayoutArgument.layout(LayoutReference(named), isLarge: isLarge, context))
  }

  /// The layout that a record names; nil where it is not to be found here.
  ///
  /// - Parameter project: the project's directory.
  /// - Throws: `Failure`: the layout is at fault.
  mutating func layout(
    of recorded: LayoutVersion, from project: String, _ context: Context
  ) throws(Failure) -> Loaded? {
    guard
      let reference = LayoutArgument.reference(to: recorded, from: project, context.catalogue)
    else { return nil }
    let loaded = try loaded(reference, context)
    return loaded.layout.name == recorded.name ? loaded : nil
  }

  private mutating func loaded(
    _ reference: LayoutReference, _ context: Context
  ) throws(Failure) -> Loaded {
    let key = Self.key(reference)
    if let result = loaded[key] { return try result.get() }
    let result: Result<Loaded, Failure>
    do {
      result = .success(
        Loaded(try LayoutArgument.layout(reference, isLarge: isLarge, context)))
    } catch {
      result = .failure(error)
    }
    loaded[key] = result
    return try result.get()
  }

  /// Two ways to one folder are one layout.
  private static func key(_ reference: LayoutReference) -> LayoutReference {
    guard case .folder(let path) = reference else { return reference }
    return .folder(UserPath.resolved(path) ?? path)
  }
}

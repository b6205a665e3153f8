import Documents

/// A parsed text with placeholders. Parsing finds every fault that does not depend on values.
package struct Template: Sendable {
  /// Where a template stands decides what it may hold.
  package enum Place: Sendable {
    /// A file's content or a manifest's text: everything.
    case content
    /// A file's name: values only; a directive or a literal is an error.
    case name
  }

  /// The declared names that the template uses.
  package private(set) var names: Set<String> = []

  /// - Parameters:
  ///   - bytes: any bytes; those outside of tags are kept as they are.
  ///   - location: the place of the first byte.
  /// - Throws: all faults of the template at once.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations
  ) throws(Diagnostics) {
    // replaced by the templating work
  }

  /// - Parameter scope: a value for each declared name that the template uses.
  /// - Throws: what only values can get wrong (a number beyond its range), with its place.
  package func rendered(in scope: Scope) throws(Diagnostics) -> [UInt8] {
    []
  }
}

/// A parsed condition of a `when` or `require`.
package struct Condition: Sendable {
  /// The declared names that the condition uses.
  package private(set) var names: Set<String> = []

  package init(
    parsing text: String, at location: SourceLocation, declarations: Declarations
  ) throws(Diagnostics) {
  }

  package func holds(in scope: Scope) -> Bool {
    false
  }
}

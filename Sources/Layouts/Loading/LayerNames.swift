import Documents
import FileTrees
import Templating

/// What the names in a layer become in a project: renamed, with placeholders, and with the notes that
/// the manifest has for them. Faults are collected; none are left in a layout that was checked.
struct LayerNames {
  private let manifest: Manifest
  private let declarations: Declarations
  private var known: KnownTags? = KnownTags()
  private(set) var faults = Diagnostics()
  private(set) var warnings = Diagnostics()
  /// Which of the manifest's notes and renames are used, by their index.
  private(set) var usedNotes: [Int] = []
  private(set) var usedRenames: [Int] = []

  /// - Parameter declarations: those of the layer.
  init(_ manifest: Manifest, _ declarations: Declarations) {
    self.manifest = manifest
    self.declarations = declarations
  }

  /// A directory of the layer, as its children are named by.
  struct Parent {
    /// Its path in the project with its placeholders, as it stands in the layer, renamed.
    var path: String
    /// Where the layout has it, for complaints.
    var source: String

    func path(of name: String) -> String { path.isEmpty ? name : path.appending(name) }
    func source(of name: String) -> String { source.appending(name) }
  }

  /// The name of a child of the layer's directory, as the manifest has it renamed.
  mutating func renamed(_ name: String) -> String {
    if manifest.renames.isEmpty { return name }
    guard let index = manifest.rename(of: name) else { return name }
    usedRenames.append(index)
    return manifest.renames[index].to
  }

  /// - Parameter name: renamed.
  /// - Returns: nil where the name has no placeholder, or is at fault.
  mutating func template(of name: String, from source: @autoclosure () -> String) -> Template? {
    guard name.utf8.contains(UInt8(ascii: "<")) else { return nil }
    var remarks = Diagnostics()
    defer {
      warnings.add(
        remarks.map { remark in
          Diagnostic("in the name: \(remark.message)", at: remark.location, help: remark.help)
        })
    }
    do {
      return try Template(
        parsing: Array(name.utf8), at: SourceLocation(file: source(), line: 1, column: 1),
        in: .name, declarations: declarations, knowing: &known, warnings: &remarks)
    } catch {
      faults.add(
        error.map { fault in
          Diagnostic("in the name: \(fault.message)", at: fault.location, help: fault.help)
        })
      return nil
    }
  }

  enum Note {
    case text(String)
    case template(Template)
  }

  /// The note on a child; nil where there is none, or it is at fault.
  mutating func note(of name: String, isDirectory: Bool, in parent: Parent) -> Note? {
    if manifest.notes.isEmpty { return nil }
    let path = parent.path(of: name)
    guard let index = manifest.note(on: isDirectory ? path + "/" : path) else { return nil }
    usedNotes.append(index)
    let note = manifest.notes[index]
    guard note.text.utf8.contains(UInt8(ascii: "<")) else { return .text(note.text) }
    do {
      return .template(
        try Template(
          parsing: Array(note.text.utf8), at: note.textLocation, declarations: declarations,
          warnings: &warnings))
    } catch {
      faults.add(error.writtenInJSON)
      return nil
    }
  }
}

extension String {
  /// This path with `name` below it.
  fileprivate func appending(_ name: String) -> String {
    var path = self
    path.reserveCapacity(path.utf8.count + 1 + name.utf8.count)
    path += "/"
    path += name
    return path
  }
}

import Documents
import FileSystems
import FileTrees
import Layouts
import Templating

/// A layout with the answers that make it most like a project that is there, and how far it fits.
package struct Fit: Sendable {
  package let layout: Layout
  package let answers: Answers
  /// Of the variables that apply and are asked for, or that something was found for, in the order of
  /// the manifest.
  package let origins: [Answer]
  package let rendered: RenderedTree
  /// What the layout is not at fault for, but probably not meant.
  package let warnings: Diagnostics
  package let comparison: Comparison

  package struct Answer: Sendable {
    package let variable: Variable
    package let value: Value
    package let origin: Origin

    /// As a record has it.
    package var json: JSON { Answers.json(value) }
  }

  /// Where an answer comes from.
  package enum Origin: String, Sendable {
    case given
    /// Names of files tell it.
    case paths
    /// Lines of files tell it.
    case contents
    /// Nothing told it.
    case defaults = "default"
  }

  /// The files of the layout and of the project, side by side.
  package struct Comparison: Sendable {
    /// Byte for byte.
    package var equal: [RelativePath] = []
    package var different: [RelativePath] = []
    package var missing: [RelativePath] = []
    /// Files that the layout does not have.
    package var own: [RelativePath] = []
    /// Directories that were not looked into.
    package var unreadable: [RelativePath] = []
    /// Whether the project has more files than are looked at.
    package var isCut = false

    /// Whether less than half of the layout is there: it may be another one that the project is of.
    package var isPoor: Bool { 2 * (equal.count + different.count) < count }

    /// Of the layout's files.
    package var count: Int { equal.count + different.count + missing.count }
  }

  /// Finds the answers. What was given stays as it is.
  ///
  /// - Parameters:
  ///   - given: at most one for each variable, each of a declared name.
  ///   - fileSystem: rooted at the project.
  ///   - directory: the name of the project's directory.
  /// - Throws: that the project cannot be read; what the layout or a given answer is at fault for, and
  ///   what is missing and could not be found.
  package init(
    _ layout: Layout, given: [GivenAnswer], to fileSystem: any ReadableFileSystem,
    directory: String
  ) throws(FitError) {
    let project: ProjectPaths
    do {
      project = try ProjectPaths(fileSystem)
    } catch {
      throw .project(error)
    }
    var fitting = Fitting(
      layout, given: given, directory: directory, project: project,
      ProjectContents(fileSystem))
    fitting.run()
    let trial = fitting.trial(fitting.state)
    let found = fitting.worthTelling(trial)
    var warnings = Diagnostics()
    do throws(Diagnostics) {
      answers = try Answers(for: layout.manifest, given: given + found, directory: directory)
      rendered = try layout.rendered(with: answers, warnings: &warnings)
    } catch {
      throw .layout(error)
    }
    self.layout = layout
    self.warnings = warnings
    origins = fitting.origins(trial)
    comparison = Comparison(rendered, project, &fitting.contents)
  }
}

/// Why no answers could be found.
package enum FitError: Error, Sendable {
  /// The layout or an answer is at fault, or one is missing.
  case layout(Diagnostics)
  /// The project cannot be read.
  case project(FileSystemError)
}

extension Fit.Comparison {
  init(_ rendered: RenderedTree, _ project: ProjectPaths, _ contents: inout ProjectContents) {
    var theirs: Set<RelativePath> = []
    for entry in rendered.tree.entries {
      guard let number = entry.leaf else { continue }
      theirs.insert(entry.path)
      if !project.has(entry.path) {
        missing.append(entry.path)
      } else if contents.file(at: entry.path)?.blob == rendered.files[number].blob.id {
        equal.append(entry.path)
      } else {
        different.append(entry.path)
      }
    }
    own = project.files.filter { !theirs.contains($0) }
    unreadable = project.unreadable
    isCut = project.isCut
  }
}

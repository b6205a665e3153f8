import Documents
import FileTrees
import Rules
import Templating

/// What `layout.json` says.
package struct Manifest: Sendable {
  package static let fileName = "layout.json"

  package var name = ""
  package var summary = ""
  package var version = ""
  package var variables: [Variable] = []
  package var layers: [Layer] = []
  /// Rules across variables.
  package var requirements: [Requirement] = []
  /// Paths of the layers with their placeholders, to one line each; directories end with `/`. By the
  /// bytes of their paths.
  package var notes: [Note] = []
  /// Exact components of the layers' paths, to what they become.
  package var renames: [Rename] = []
  package var verbatim: [PathPattern] = []
  package var privates: [PathPattern] = []
  /// Of files that are created, and that an update leaves alone.
  package var onces: [PathPattern] = []
  /// What versions have moved, in the order of the manifest.
  var moves: [Move] {
    get { deferredMoves.elements }
    set { deferredMoves = .known(newValue) }
  }
  /// Apart, since only an update needs them.
  var deferredMoves = DeferredList<Move>.known([])
  /// What a project grows by, in the order of the manifest.
  package var components: [Component] {
    get { deferredComponents.elements }
    set { deferredComponents = .known(newValue) }
  }
  /// Apart, since a new project needs none of them.
  var deferredComponents = DeferredList<Component>.known([])
  /// Commands shown at the end.
  package var next: [Step] = []
  /// What a version changed for the owners of projects, in the order of the manifest.
  package var changes: [Change] {
    get { deferredChanges.elements }
    set { deferredChanges = .known(newValue) }
  }
  /// Apart, since a project needs none of them.
  var deferredChanges = DeferredList<Change>.known([])

  /// What the layout's document asks of every project of its shape.
  package var rules: [Rule] {
    get { deferredRules.elements }
    set { deferredRules = .known(newValue) }
  }
  /// Apart, since only a check needs them.
  var deferredRules = DeferredList<Rule>.known([])

  package struct Change: Sendable {
    /// Three numbers.
    package var version: String
    /// One line each.
    package var lines: [String]
  }

  /// A part that a project may have more of: an item of a list.
  package struct Component: Sendable {
    /// `step`
    package var name: String
    /// The variable: a `list` or `choices`.
    package var list: String
    /// One line for help and lists.
    package var help: String?
    /// The variable that names an item of the list, or several: new ones come before the first of
    /// them, and at the end without it.
    package var before: String?
  }

  /// A folder whose content is written as it stands, names and contents rendered.
  package struct Layer: Sendable {
    /// Below the layout's folder; `shared/NAME` below the folder that this one is in.
    package var folder: RelativePath
    /// Where in the project the content goes, with placeholders; the root unless the manifest says
    /// otherwise.
    package var destination: RelativePath = .root
    package var when: Condition?
    /// The condition as the manifest has it.
    package var whenText: String?
    /// Outermost first; the layer is written once for each combination of items.
    package var loops: [Loop]
    var location: SourceLocation

    /// Whether other layouts may have the layer too.
    var isShared: Bool { LayoutFolder.isShared(folder.string) }
  }

  /// The folder beside layouts that holds what several of them have alike.
  static let sharedFolder = "shared"

  /// `MODEL in MODELS`
  package struct Loop: Sendable {
    package var item: String
    package var list: String
  }

  /// A command that is shown at the end, in one way or in several, the best first.
  package struct Step: Sendable {
    var ways: [Way]
    /// Whether it goes to the project's directory.
    var entersProject = false

    struct Way: Sendable {
      var command: Template
      /// What must be in the path, and the name by which it is called, if that is another one.
      var program: Template?
      var name: Template?
      /// How that is had.
      var remedy: Template?
      /// Whether it is for a project that is a git repository by itself.
      var isOfRepository = false
    }
  }

  package struct Requirement: Sendable {
    var condition: Condition
    /// What is told where it does not hold.
    var message: Template
    /// Both as the manifest has them.
    package var conditionText: String
    package var messageText: String
  }

  package struct Note: Sendable {
    var path: String
    var text: String
    var pathLocation: SourceLocation
    var textLocation: SourceLocation
  }

  package struct Rename: Sendable {
    var from: String
    var to: String
    var location: SourceLocation
  }

  /// What the layout has had elsewhere: a template, or a folder with all that is in it.
  package struct Move: Sendable {
    /// Below the layout's folder, as `TemplateIdentity.path` has them.
    var old: RelativePath
    var new: RelativePath
    var isFolder: Bool
    var oldLocation: SourceLocation
    var newLocation: SourceLocation

    var oldText: String { old.string + (isFolder ? "/" : "") }
    var newText: String { new.string + (isFolder ? "/" : "") }
  }

  /// Whether globs are held against the paths of a project's files.
  var hasGlobs: Bool { !verbatim.isEmpty || !privates.isEmpty || !onces.isEmpty }

  package func variable(named name: String) -> Variable? {
    variables.first { $0.name == name }
  }

  package func component(named name: String) -> Component? {
    components.first { $0.name == name }
  }

  /// The index of the first note on a path.
  func note(on path: String) -> Int? {
    var (low, high) = (0, notes.count)
    while low < high {
      let middle = (low + high) / 2
      if notes[middle].path.precedesInBytes(path) { low = middle + 1 } else { high = middle }
    }
    return low < notes.count && notes[low].path.equalsInBytes(path) ? low : nil
  }

  /// The index of what `rename` says of a name.
  func rename(of name: String) -> Int? {
    renames.firstIndex { $0.from == name }
  }

  /// More variables than any command line has options, and more layers than any project has parts.
  static let mostVariables = 10_000
  static let mostLayers = 1000
  /// How many defaults and conditions may lead from one variable to the next, and moves from one path.
  static let longestChain = 100
  /// Globs, new names and moves; words of a choice.
  static let mostRules = 1000

  /// The names that a glob may use: those of each layer's items too.
  var globDeclarations: Declarations {
    let declared = declarations
    var result = declared
    for loop in layers.flatMap(\.loops) {
      if case .list(let item)? = declared[loop.list] { result.declare(item: loop.item, of: item) }
    }
    return result
  }

  /// The names that every template may use; made anew each time.
  var declarations: Declarations {
    var result = Declarations()
    for variable in variables { result[variable.name] = variable.type }
    return result
  }

  /// The names for the contents of one layer's files.
  func contentDeclarations(in layer: Layer) -> Declarations {
    declarations.inLayer(layer).declaringTree
  }
}

extension Declarations {
  /// These names, those of a manifest, and those that one of its layers adds for its templates.
  func inLayer(_ layer: Manifest.Layer) -> Declarations {
    var result = self
    for loop in layer.loops {
      if case .list(let item)? = result[loop.list] {
        result = result.declaring(item: loop.item, of: item)
      }
    }
    return result
  }

  /// These names and the one that the drawn tree has in contents.
  var declaringTree: Declarations { declaring("TREE", of: .text) }
}

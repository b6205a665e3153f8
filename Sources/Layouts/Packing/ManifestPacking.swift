import Documents
import FileTrees
import Rules
import Templating

// What of a manifest its projects and its help need. Places in it are for complaints about it, which
// the build has made.

extension Manifest: Packable {
  package init(coding manifest: Manifest?, with coder: inout PackedCoder) {
    name = coder.code(manifest?.name)
    summary = coder.code(manifest?.summary)
    version = coder.code(manifest?.version)
    variables = coder.code(manifest?.variables)
    layers = coder.code(manifest?.layers)
    requirements = coder.code(manifest?.requirements)
    notes = coder.code(manifest?.notes)
    renames = coder.code(manifest?.renames)
    verbatim = coder.code(manifest?.verbatim)
    privates = coder.code(manifest?.privates)
    onces = coder.code(manifest?.onces)
    next = coder.code(manifest?.next)
    deferredMoves = coder.code(manifest?.deferredMoves)
    deferredChanges = coder.code(manifest?.deferredChanges)
    deferredRules = coder.code(manifest?.deferredRules)
    deferredComponents = coder.code(manifest?.deferredComponents)
  }

  /// The place of what nobody complains about.
  fileprivate static let nowhere = SourceLocation(file: fileName, line: 1, column: 1)
}

extension Manifest.Requirement: Packable {
  package init(coding requirement: Self?, with coder: inout PackedCoder) {
    condition = coder.code(requirement?.condition)
    message = coder.code(requirement?.message)
    conditionText = coder.code(requirement?.conditionText)
    messageText = coder.code(requirement?.messageText)
  }
}

extension Manifest.Step: Packable {
  package init(coding step: Self?, with coder: inout PackedCoder) {
    ways = coder.code(step?.ways)
    entersProject = coder.code(step?.entersProject)
  }
}

extension Manifest.Step.Way: Packable {
  package init(coding way: Self?, with coder: inout PackedCoder) {
    command = coder.code(way?.command)
    program = coder.code(optional: way?.program)
    name = coder.code(optional: way?.name)
    remedy = coder.code(optional: way?.remedy)
    isOfRepository = coder.code(way?.isOfRepository)
  }
}

extension Manifest.Note: Packable {
  package init(coding note: Self?, with coder: inout PackedCoder) {
    path = coder.code(note?.path)
    text = coder.code(note?.text)
    pathLocation = Manifest.nowhere
    textLocation = Manifest.nowhere
  }
}

extension Manifest.Rename: Packable {
  package init(coding rename: Self?, with coder: inout PackedCoder) {
    from = coder.code(rename?.from)
    to = coder.code(rename?.to)
    location = Manifest.nowhere
  }
}

extension Manifest.Move: Packable {
  package init(coding move: Self?, with coder: inout PackedCoder) {
    old = coder.code(move?.old)
    new = coder.code(move?.new)
    isFolder = coder.code(move?.isFolder)
    oldLocation = Manifest.nowhere
    newLocation = Manifest.nowhere
  }
}

extension Manifest.Change: Packable {
  package init(coding change: Self?, with coder: inout PackedCoder) {
    version = coder.code(change?.version)
    lines = coder.code(change?.lines)
  }
}

extension Manifest.Component: Packable {
  package init(coding component: Self?, with coder: inout PackedCoder) {
    name = coder.code(component?.name)
    list = coder.code(component?.list)
    help = coder.code(optional: component?.help)
    before = coder.code(optional: component?.before)
  }
}

extension Manifest.Layer: Packable {
  package init(coding layer: Self?, with coder: inout PackedCoder) {
    folder = coder.code(layer?.folder)
    destination = coder.code(layer?.destination)
    when = coder.code(optional: layer?.when)
    whenText = coder.code(optional: layer?.whenText)
    loops = coder.code(layer?.loops)
    location = Manifest.nowhere
  }
}

extension Manifest.Loop: Packable {
  package init(coding loop: Self?, with coder: inout PackedCoder) {
    item = coder.code(loop?.item)
    list = coder.code(loop?.list)
  }
}

extension PathPattern: Packable {
  package init(coding pattern: PathPattern?, with coder: inout PackedCoder) {
    let text = coder.code(pattern?.text)
    self.init(text, at: Manifest.nowhere, coder.code(optional: pattern?.template))
  }
}

extension RelativePath: Packable {
  package init(coding path: RelativePath?, with coder: inout PackedCoder) {
    self = coder.code(path?.components).reduce(.root) { path, name in
      do {
        return try path.appending(name)
      } catch {
        preconditionFailure("“\(name)” was valid when the build read it")
      }
    }
  }
}

import Documents
import FileTrees
import Templating

// The templates of a layer. A file of it is its number among those of the layout, which the binary
// holds as they are, and its template is packed without the text.

extension LayerTemplates {
  var packed: String {
    var coder = PackedCoder()
    _ = LayerTemplates(coding: self, with: &coder, files: [])
    return coder.text
  }

  /// - Parameter files: those of the layout, in the order of their numbers.
  init(packed text: String, files: [EmbeddedFile]) {
    var coder = PackedCoder(reading: text)
    self.init(coding: nil, with: &coder, files: files)
    precondition(coder.isAtEnd, "more was packed than a layer is made of")
  }

  private init(coding layer: Self?, with coder: inout PackedCoder, files: [EmbeddedFile]) {
    self.init(
      source: coder.code(layer?.source),
      nodes: coder.code(layer?.nodes) { Node(coding: $0, with: &$1, files: files) })
  }
}

extension LayerTemplates.Node {
  /// - Parameter files: are looked at when the node is read.
  @inline(__always)
  fileprivate init(coding node: Self?, with coder: inout PackedCoder, files: [EmbeddedFile]) {
    name = coder.code(node?.name)
    nameTemplate = coder.code(optional: node?.nameTemplate)
    path = coder.code(node?.path)
    note = coder.code(optional: node?.note)
    source = coder.code(node?.source)
    kind = LayerTemplates.Kind(coding: node?.kind, with: &coder, files: files, source: source)
  }
}

extension LayerTemplates.Kind {
  fileprivate init(
    coding kind: Self?, with coder: inout PackedCoder, files: [EmbeddedFile], source: String
  ) {
    var cases = PackedCases(of: kind, with: &coder)
    cases.code(&coder) {
      if case .directory(let children) = $0 { children } else { nil }
    } _: { children, coder in
      .directory(
        coder.code(children) { LayerTemplates.Node(coding: $0, with: &$1, files: files) })
    }
    cases.code(&coder) {
      if case .file(let file, let number, let content) = $0 { (file, number, content) } else { nil }
    } _: { parts, coder in
      let number = coder.code(parts?.1)
      let file = parts?.0 ?? TemplateFile(files[number])
      let content = LayerTemplates.Content(
        coding: parts?.2, with: &coder, of: file, source: source)
      return .file(file, number: number, content)
    }
    self = cases.coded
  }
}

extension LayerTemplates.Content {
  fileprivate init(
    coding content: Self?, with coder: inout PackedCoder, of file: TemplateFile, source: String
  ) {
    var cases = PackedCases(of: content, with: &coder)
    cases.code(.bytes, &coder) { if case .bytes = $0 { true } else { false } }
    cases.code(.undecided, &coder) { if case .undecided = $0 { true } else { false } }
    cases.code(&coder) {
      if case .template(let template) = $0 { template } else { nil }
    } _: { template, coder in
      let location = SourceLocation(file: source, line: 1, column: 1)
      return .template(Template(coding: template, of: file.bytes ?? [], at: location, with: &coder))
    }
    self = cases.coded
  }
}

extension TemplateFile {
  fileprivate init(_ file: EmbeddedFile) {
    self.init(storage: .embedded(file), isExecutable: file.isExecutable)
  }
}

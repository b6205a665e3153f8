import Documents

// What the build has parsed: of it what a run needs, in the order of its parts.

extension Template: Packable {
  /// A template with its own text.
  package init(coding template: Template?, with coder: inout PackedCoder) {
    let bytes = coder.utf8(template?.bytes)
    let location = coder.code(template?.location)
    self.init(coding: template, of: bytes, at: location, with: &coder)
  }

  /// A template without its text, which is `bytes`.
  package init(
    coding template: Template?, of bytes: [UInt8], at location: SourceLocation,
    with coder: inout PackedCoder
  ) {
    self.bytes = bytes
    self.location = location
    isPlain = coder.code(template?.isPlain)
    if isPlain { return }
    names = coder.code(template?.names)
    nodes = coder.code(template?.nodes)
  }
}

extension Condition: Packable {
  package init(coding condition: Condition?, with coder: inout PackedCoder) {
    names = coder.code(condition?.names)
    expression = coder.code(condition?.expression)
  }
}

extension TemplateNode: Packable {
  init(coding node: TemplateNode?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: node, with: &coder)
    cases.code(&coder) {
      if case .text(let range) = $0 { range } else { nil }
    } _: { range, coder in
      let start = coder.code(range?.lowerBound)
      return .text(start..<start + coder.code(range?.count))
    }
    cases.code({ .literal(Array(($0 as String).utf8)) }, &coder) {
      if case .literal(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
    cases.code(Self.value, &coder) { if case .value(let value) = $0 { value } else { nil } }
    cases.code(Self.choice, &coder) { if case .choice(let parts) = $0 { parts } else { nil } }
    cases.code(&coder) {
      if case .loop(let loop, let body) = $0 { (loop, body) } else { nil }
    } _: { parts, coder in
      .loop(coder.code(parts?.0), body: coder.code(parts?.1))
    }
    cases.code(Self.sorted, &coder) { if case .sorted(let sorting) = $0 { sorting } else { nil } }
    cases.code(Self.fitting, &coder) { if case .fitting(let fitting) = $0 { fitting } else { nil } }
    self = cases.coded
  }
}

extension Branch: Packable {
  init(coding branch: Branch?, with coder: inout PackedCoder) {
    condition = coder.code(optional: branch?.condition)
    body = coder.code(branch?.body)
  }
}

extension Loop: Packable {
  init(coding loop: Loop?, with coder: inout PackedCoder) {
    item = ItemNames(coder.code(loop?.item.item))
    list = coder.code(loop?.list)
    type = coder.code(loop?.type)
    offset = coder.code(loop?.offset)
  }
}

extension Sorting: Packable {
  init(coding sorting: Sorting?, with coder: inout PackedCoder) {
    let separator = coder.code(
      optional: sorting?.separator.map { String(decoding: $0, as: UTF8.self) })
    self.separator = separator.map { Array($0.utf8) }
    body = coder.code(sorting?.body)
  }
}

extension Fitting: Packable {
  init(coding fitting: Fitting?, with coder: inout PackedCoder) {
    width = coder.code(fitting?.width)
    body = coder.code(fitting?.body)
    otherwise = coder.code(fitting?.otherwise)
  }
}

extension Substitution: Packable {
  init(coding substitution: Substitution?, with coder: inout PackedCoder) {
    name = coder.code(substitution?.name)
    type = coder.code(substitution?.type)
    filters = coder.code(substitution?.filters)
    offset = coder.code(substitution?.offset)
  }
}

extension FilterCall: Packable {
  init(coding call: FilterCall?, with coder: inout PackedCoder) {
    filter = coder.code(call?.filter, among: Filters.all)
    argument = coder.code(optional: call?.argument)
    offset = coder.code(call?.offset)
  }
}

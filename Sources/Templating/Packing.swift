import Documents

// What the build has parsed: of it what a run needs, in the order of its parts.

extension Template: Packable {
  package init(coding template: Template?, with coder: inout PackedCoder) {
    bytes = coder.utf8(template?.bytes)
    location = coder.code(template?.location)
    isPlain = coder.code(template?.isPlain)
    if isPlain { return }
    names = coder.code(template?.names)
    pieces = coder.code(template?.pieces)
  }
}

extension Condition: Packable {
  package init(coding condition: Condition?, with coder: inout PackedCoder) {
    names = coder.code(condition?.names)
    expression = coder.code(condition?.expression)
  }
}

extension TemplatePiece: Packable {
  init(coding piece: TemplatePiece?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: piece, with: &coder)
    cases.code(&coder) {
      if case .text(let range) = $0 { range } else { nil }
    } _: { range, coder in
      let start = coder.code(range?.lowerBound)
      return .text(start..<start + coder.code(range?.count))
    }
    cases.code({ .literal(Array(($0 as String).utf8)) }, &coder) {
      if case .literal(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
    cases.code(&coder) {
      if case .value(let value, let start) = $0 { (value, start) } else { nil }
    } _: { parts, coder in
      .value(coder.code(parts?.0), at: coder.code(parts?.1))
    }
    cases.code(&coder) {
      if case .test(let condition, let otherwise) = $0 { (condition, otherwise) } else { nil }
    } _: { parts, coder in
      .test(coder.code(parts?.0), otherwise: coder.code(parts?.1))
    }
    cases.code(Self.jump, &coder) { if case .jump(let end) = $0 { end } else { nil } }
    cases.code(&coder) {
      if case .loop(let loop, let end) = $0 { (loop, end) } else { nil }
    } _: { parts, coder in
      .loop(coder.code(parts?.0), end: coder.code(parts?.1))
    }
    cases.code(&coder) {
      if case .sort(let separator, let end) = $0 { (separator, end) } else { nil }
    } _: { parts, coder in
      let separator = coder.code(optional: parts?.0.map { String(decoding: $0, as: UTF8.self) })
      return .sort(separator.map { Array($0.utf8) }, end: coder.code(parts?.1))
    }
    cases.code(&coder) {
      if case .fit(let width, let otherwise, let end) = $0 { [width, otherwise, end] } else { nil }
    } _: { parts, coder in
      .fit(
        coder.code(parts?[0]), otherwise: coder.code(parts?[1]), end: coder.code(parts?[2]))
    }
    self = cases.coded
  }
}

extension Loop: Packable {
  convenience init(coding loop: Loop?, with coder: inout PackedCoder) {
    self.init(
      item: ItemNames(coder.code(loop?.item.item)), list: coder.code(loop?.list),
      type: coder.code(loop?.type), offset: coder.code(loop?.offset))
  }
}

/// What is packed is shared by nobody, and has no number.
extension Substitution: Packable {
  convenience init(coding value: Substitution?, with coder: inout PackedCoder) {
    self.init(
      name: coder.code(value?.name), type: coder.code(value?.type),
      filters: coder.code(value?.filters))
  }
}

extension FilterCall: Packable {
  init(coding call: FilterCall?, with coder: inout PackedCoder) {
    filter = coder.code(call?.filter, among: Filters.all)
    argument = coder.code(optional: call?.argument)
    offset = coder.code(call?.offset)
  }
}

/// A list that is at hand, or is unpacked where somebody asks for it.
package enum DeferredList<Element: Packable & Sendable>: Packable, Sendable {
  case known([Element])
  case packed(PackedCoder)

  package var elements: [Element] {
    switch self {
    case .known(let elements): return elements
    case .packed(var coder): return coder.code(nil)
    }
  }

  @usableFromInline package init(coding list: DeferredList?, with coder: inout PackedCoder) {
    if let list {
      var part = PackedCoder()
      _ = part.code(list.elements)
      _ = coder.code(part.text)
      self = list
    } else {
      self = .packed(coder.skip())
    }
  }
}

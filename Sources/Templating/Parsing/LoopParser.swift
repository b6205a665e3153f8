/// The head of a loop: `<<@for ITEM in LIST>>`.
extension TemplateParser {
  mutating func parseFor(at start: Int, _ cursor: Cursor) {
    open(.forEach, at: start)
    var cursor = cursor
    do throws(TemplateFault) {
      let loop = try loopHead(at: start, &cursor)
      appendHead(.loop(loop, end: 0), from: start, to: cursor.offset)
    } catch {
      faults.append(error)
      skipTag(from: start)
    }
  }

  /// Declares the item, also where its list is at fault.
  private mutating func loopHead(at start: Int, _ cursor: inout Cursor) throws(TemplateFault)
    -> Loop
  {
    cursor.skipBlanks()
    let itemOffset = cursor.offset
    guard let item = cursor.name() else {
      throw TemplateFault(
        at: itemOffset, "expected a name for the item, found \(cursor.found)",
        help: "write <<@for ITEM in LIST>>, names of two characters or more, all capitals")
    }
    guard cursor.skipBlanks(), cursor.skip(keyword: "in"), cursor.skipBlanks() else {
      declareUnknown(ItemNames(item))
      throw TemplateFault(
        at: cursor.offset, "expected “in” after “\(item)”, found \(cursor.found)",
        help: "write <<@for \(item) in LIST>>")
    }
    let listOffset = cursor.offset
    guard let list = cursor.name() else {
      declareUnknown(ItemNames(item))
      throw TemplateFault(
        at: listOffset, "expected the name of a list after “in”, found \(cursor.found)")
    }
    let type = element(of: list, at: listOffset)
    let names = ItemNames(item)
    for name in names.all where declarations[name] != nil {
      faults.append(
        TemplateFault(
          at: itemOffset, "the loop's “\(name)” would hide the one that is declared",
          help: "give the item another name than “\(item)”"))
      break
    }
    if let type {
      declarations.enterLoop(names, of: type)
    } else {
      declareUnknown(names)
    }
    try close(&cursor, .forEach)
    return Loop(item: names, list: list, type: .list(of: type ?? .text), offset: start)
  }

  private mutating func declareUnknown(_ names: ItemNames) {
    declarations.enterLoop(names, of: .text)
    unknown.formUnion([names.item, names.previous])
  }

  /// The type of a list's items; nil when it is not known.
  private mutating func element(of list: String, at offset: Int) -> ValueType? {
    use([list])
    if unknown.contains(list) { return nil }
    switch declarations[list] {
    case .list(let type)?:
      return type
    case nil:
      add([
        TemplateFault(
          at: offset,
          undeclared: TemplateFault.Undeclared(name: list, declarations: declarations, text: nil))
      ])
    case let type?:
      faults.append(TemplateFault(at: offset, "“\(list)” is no list but \(type)"))
    }
    return nil
  }
}

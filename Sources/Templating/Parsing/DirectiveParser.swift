/// What stands between `<<@` and `>>`.
extension TemplateParser {
  /// `<<@` without a keyword or a string is text.
  mutating func parseDirective(at start: Int) {
    var cursor = Cursor(bytes, at: start + 3)
    if cursor.current == UInt8(ascii: "\"") {
      parseLiteral(at: start, cursor)
      return
    }
    guard let directive = cursor.directive() else {
      noteNearMiss(at: start)
      position = start + 3
      return
    }
    guard place == .content else {
      refuse("<<@\(directive)", at: start)
      return
    }
    if blocks.count >= TemplateParser.deepest, directive.opensBlock {
      faults.append(
        TemplateFault(at: start, "blocks may nest at most \(TemplateParser.deepest) levels deep"))
      position = bytes.count  // what follows would only be complaints about missing blocks
      blocks = []
      return
    }
    switch directive {
    case .ifTrue: parseIf(at: start, cursor)
    case .elseIf: parseElseIf(at: start, cursor)
    case .otherwise: parseElse(at: start, cursor)
    case .forEach: parseFor(at: start, cursor)
    case .sort: parseSort(at: start, cursor)
    case .fit: parseFit(at: start, cursor)
    case .end: parseEnd(at: start, cursor)
    case .raw: parseRaw(at: start, cursor)
    }
  }

  private mutating func refuse(_ tag: String, at start: Int) {
    faults.append(
      TemplateFault(
        at: start, "a name takes values and literals only, and “\(tag)” is neither",
        help: "put the condition on a layer of the layout"))
    skipTag(from: start)
  }

  /// Goes on behind the `>>` of a faulty tag, or at the end of its line.
  mutating func skipTag(from start: Int) {
    var cursor = Cursor(bytes, at: start + 3)
    while !cursor.isAtLineEnd, !cursor.isAtTagEnd { cursor.offset += 1 }
    position = cursor.isAtTagEnd ? cursor.offset + 2 : cursor.offset
  }

  /// `[ WS ] ">>"`, with the cursor behind it.
  func close(_ cursor: inout Cursor, _ directive: Directive) throws(TemplateFault) {
    cursor.skipBlanks()
    guard !cursor.skip(">>") else { return }
    let what = "“<<@\(directive)”"
    if cursor.isAtLineEnd {
      throw TemplateFault(
        at: cursor.offset, "\(what) is not closed on its line", help: "close it with >>")
    }
    var help = ExpressionParser.hint(at: cursor)
    var ahead = cursor
    if directive == .otherwise, ahead.skip(keyword: "if") { help = "write <<@elif …>>" }
    throw TemplateFault(
      at: cursor.offset, "expected “>>” after \(what), found \(cursor.found)", help: help)
  }

  // MARK: Literal and raw

  private mutating func parseLiteral(at start: Int, _ cursor: Cursor) {
    var cursor = cursor
    do throws(TemplateFault) {
      let content = try cursor.string() ?? []
      guard cursor.skip(">>") else {
        throw TemplateFault(
          at: cursor.offset, "expected “>>” after the string, found \(cursor.found)")
      }
      append(.literal(content), from: start, to: cursor.offset)
    } catch {
      faults.append(error)
      skipTag(from: start)
    }
  }

  private mutating func parseRaw(at start: Int, _ cursor: Cursor) {
    var cursor = cursor
    guard cursor.skip(">>") else {
      faults.append(
        TemplateFault(
          at: cursor.offset, "expected “>>” after “<<@raw”, found \(cursor.found)",
          help: "write <<@raw>>"))
      skipTag(from: start)
      return
    }
    let contentStart = cursor.offset
    var spansLines = false
    while let tag = TemplateParser.nextTag(in: bytes, from: cursor.offset) {
      var end = Cursor(bytes, at: tag)
      if end.skip("<<@end>>") {
        spansLines = bytes[contentStart..<tag].contains(UInt8(ascii: "\n"))
        if spansLines {
          appendDirective(nil, from: start, to: contentStart)
          appendDirective(nil, from: tag, to: end.offset)
        } else {
          // Within a line it is content, blanks too: such a line stays.
          drop(from: start, to: contentStart)
          drop(from: tag, to: end.offset)
        }
        return
      }
      cursor.offset = tag + 1
    }
    faults.append(
      TemplateFault(at: start, "“<<@raw>>” is never closed", help: "close it with <<@end>>"))
    position = bytes.count
  }

  // MARK: Conditions

  /// The condition of an `if` or `elif`, with the cursor behind the tag; nil after a fault.
  private mutating func condition(
    _ cursor: inout Cursor, _ directive: Directive
  ) throws(TemplateFault) -> (Expression, names: [String], isSound: Bool) {
    guard cursor.skipBlanks() else {
      throw TemplateFault(
        at: cursor.offset, "expected a condition after “<<@\(directive)”, found \(cursor.found)",
        help: "write <<@\(directive) NAME>>")
    }
    var parser = ExpressionParser(cursor, declarations: declarations, unknown: unknown)
    defer {
      use(parser.names)
      tags += parser.names.count
      add(parser.faults)
    }
    let expression = try parser.expression()
    cursor = parser.cursor
    try close(&cursor, directive)
    return (expression, parser.names, parser.faults.isEmpty)
  }

  /// The condition, where another template has it too without being parsed again.
  private mutating func knownCondition(
    at start: Int, _ cursor: inout Cursor, _ directive: Directive
  ) throws(TemplateFault) -> Expression {
    let extent = knownExtent(at: start)
    if let extent,
      case .condition(let condition, let names)? = known?.content(of: extent, in: bytes)
    {
      use(names)
      tags += names.count
      cursor.offset = extent.range.upperBound
      return condition
    }
    let (condition, names, isSound) = try condition(&cursor, directive)
    if let extent, isSound, extent.range.upperBound == cursor.offset {
      known?.remember(.condition(condition, names: names), of: extent, in: bytes)
    }
    return condition
  }

  mutating func open(_ directive: Directive, at start: Int) {
    blocks.append(
      Block(directive: directive, offset: start, declarations: declarations, unknown: unknown))
    if directive == .forEach { loops += 1 }
  }

  private mutating func parseIf(at start: Int, _ cursor: Cursor) {
    // Opened even when the condition is faulty, so that its `end` is no second complaint.
    open(.ifTrue, at: start)
    parseBranch(.ifTrue, at: start, cursor)
  }

  private mutating func parseElseIf(at start: Int, _ cursor: Cursor) {
    checkBranch(.elseIf, at: start)
    parseBranch(.elseIf, at: start, cursor)
  }

  private mutating func parseBranch(_ directive: Directive, at start: Int, _ cursor: Cursor) {
    var cursor = cursor
    do throws(TemplateFault) {
      let condition = try knownCondition(at: start, &cursor, directive)
      let test = TemplatePiece.test(condition, otherwise: 0)
      if directive == .ifTrue {
        appendHead(test, from: start, to: cursor.offset)
      } else {
        appendDirective(.jump(to: 0), from: start, to: cursor.offset)
        beginBranch(test)
      }
    } catch {
      faults.append(error)
      skipTag(from: start)
    }
  }

  private mutating func parseElse(at start: Int, _ cursor: Cursor) {
    checkBranch(.otherwise, at: start)
    if !blocks.isEmpty { blocks[blocks.count - 1].hasElse = true }
    if blocks.last?.directive == .fit {
      closeTag(nil, .otherwise, at: start, cursor)
      if let head = blocks.last?.head, case .fit(let width, _, _) = pieces[head] {
        pieces[head] = .fit(width, otherwise: pieces.count, end: 0)
      }
    } else if closeTag(.jump(to: 0), .otherwise, at: start, cursor) {
      beginBranch(nil)
    }
  }

  // MARK: Blocks

  /// Adds the piece that a block begins with.
  mutating func appendHead(_ piece: TemplatePiece, from start: Int, to end: Int) {
    appendDirective(piece, from: start, to: end)
    if !blocks.isEmpty { blocks[blocks.count - 1].head = pieces.count - 1 }
  }

  /// The jump that was just added ends a branch of the block at hand, and the next one begins.
  ///
  /// - Parameter test: whether it does; nil where it does whenever it is reached.
  private mutating func beginBranch(_ test: TemplatePiece?) {
    guard var block = blocks.popLast() else { return }
    block.open.append(pieces.count - 1)
    if let head = block.head { pieces[head] = pieces[head].ending(at: pieces.count) }
    block.head = test == nil ? nil : pieces.count
    if let test { pieces.append(test) }
    blocks.append(block)
  }

  /// Everything that names the end of a block names the next piece.
  private mutating func close(_ block: Block) {
    if let head = block.head { pieces[head] = pieces[head].ending(at: pieces.count) }
    for jump in block.open { pieces[jump] = .jump(to: pieces.count) }
  }

  /// Complains when an `else` or `elif` has no place here.
  private mutating func checkBranch(_ directive: Directive, at start: Int) {
    if blocks.isEmpty, let miss = blameOpening(before: start, like: .ifTrue) {
      // Opened where it was meant to be, so that its `end` is no second complaint.
      open(.ifTrue, at: miss.offset)
    }
    guard let block = blocks.last else {
      faults.append(TemplateFault(at: start, "“<<@\(directive)” without an “<<@if …>>” before it"))
      return
    }
    if block.directive != .ifTrue, block.directive != .fit || directive == .elseIf {
      faults.append(
        TemplateFault(
          at: start,
          "“<<@\(directive)” belongs to an “if”, and this block is a “\(block.directive)”"))
    } else if block.hasElse {
      faults.append(
        TemplateFault(
          at: start, "“<<@\(directive)” after the “<<@else>>” of the same “\(block.directive)”"))
    }
  }

  private mutating func parseEnd(at start: Int, _ cursor: Cursor) {
    let block = blocks.popLast()
    if let block {
      declarations = block.declarations
      unknown = block.unknown
      if block.directive == .forEach { loops -= 1 }
      if block.directive == .fit, !block.hasElse {
        faults.append(
          TemplateFault(
            at: block.offset, "“<<@fit>>” lacks the form for what is too wide",
            help: "write <<@fit …>> one form <<@else>> the other <<@end>>"))
      }
    } else if blameOpening(before: start, like: nil) == nil {
      faults.append(TemplateFault(at: start, "“<<@end>>” without a block that it closes"))
    }
    closeTag(nil, .end, at: start, cursor)
    if let block { close(block) }
  }

  /// Complains of what was probably meant to open the block that `start` goes on with or closes; nil
  /// when there is nothing.
  ///
  /// - Parameter directive: of the block; nil for any.
  private mutating func blameOpening(before start: Int, like directive: Directive?) -> NearMiss? {
    let miss = blame(before: start) { miss in
      directive.map { miss.directive == $0 } ?? (miss.directive?.opensBlock == true)
    }
    guard let miss else { return nil }
    faults.append(
      TemplateFault(
        at: miss.offset, "“\(miss.text)” opens no block, and what follows goes on with one",
        help: miss.meant.map { "write \($0)" }))
    return miss
  }

  /// - Returns: whether the tag is whole, and its piece was added.
  @discardableResult
  private mutating func closeTag(
    _ piece: TemplatePiece?, _ directive: Directive, at start: Int, _ cursor: Cursor
  ) -> Bool {
    var cursor = cursor
    do throws(TemplateFault) {
      try close(&cursor, directive)
      appendDirective(piece, from: start, to: cursor.offset)
      return true
    } catch {
      faults.append(error)
      skipTag(from: start)
      return false
    }
  }
}

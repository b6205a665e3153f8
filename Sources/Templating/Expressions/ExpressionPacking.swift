import Documents

extension Expression {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .truth(let operand):
      writer.write(0)
      operand.pack(into: &writer)
    case .not(let expression):
      writer.write(1)
      expression.pack(into: &writer)
    case .all(let expressions):
      writer.write(2)
      writer.write(expressions) { $0.pack(into: &$1) }
    case .any(let expressions):
      writer.write(3)
      writer.write(expressions) { $0.pack(into: &$1) }
    case .comparison(let comparison):
      writer.write(4)
      comparison.pack(into: &writer)
    }
  }

  init(unpacking reader: inout PackedReader) {
    switch reader.integer() {
    case 0: self = .truth(of: Operand(unpacking: &reader))
    case 1: self = .not(Expression(unpacking: &reader))
    case 2: self = .all((0..<reader.integer()).map { _ in Expression(unpacking: &reader) })
    case 3: self = .any((0..<reader.integer()).map { _ in Expression(unpacking: &reader) })
    default: self = .comparison(Comparison(unpacking: &reader))
    }
  }
}

extension Operand {
  fileprivate func pack(into writer: inout PackedWriter) {
    switch self {
    case .name(let name):
      writer.write(true)
      writer.write(name)
    case .literal(let value):
      writer.write(false)
      value.pack(into: &writer)
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    self = reader.flag() ? .name(reader.string()) : .literal(Value(unpacking: &reader))
  }
}

extension Comparison {
  fileprivate func pack(into writer: inout PackedWriter) {
    left.pack(into: &writer)
    writer.write(operation.rawValue)
    right.pack(into: &writer)
    writer.write(order)
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    left = Operand(unpacking: &reader)
    operation = Operator(rawValue: reader.string()) ?? .equal
    right = Operand(unpacking: &reader)
    order = reader.strings()
  }
}

extension Value {
  fileprivate func pack(into writer: inout PackedWriter) {
    switch self {
    case .text(let text):
      writer.write(0)
      writer.write(text)
    case .integer(let number):
      writer.write(1)
      writer.write(number)
    case .flag(let flag):
      writer.write(2)
      writer.write(flag)
    case .list(let items):
      writer.write(3)
      writer.write(items) { $0.pack(into: &$1) }
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    switch reader.integer() {
    case 0: self = .text(reader.string())
    case 1: self = .integer(reader.integer())
    case 2: self = .flag(reader.flag())
    default: self = .list((0..<reader.integer()).map { _ in Value(unpacking: &reader) })
    }
  }
}

extension ValueType {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .text: writer.write(0)
    case .integer: writer.write(1)
    case .flag: writer.write(2)
    case .choice(let words):
      writer.write(3)
      writer.write(words)
    case .list(let item):
      writer.write(4)
      item.pack(into: &writer)
    }
  }

  init(unpacking reader: inout PackedReader) {
    switch reader.integer() {
    case 0: self = .text
    case 1: self = .integer
    case 2: self = .flag
    case 3: self = .choice(reader.strings())
    default: self = .list(of: ValueType(unpacking: &reader))
    }
  }
}

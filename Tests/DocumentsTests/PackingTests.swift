import Documents
import Testing

@Suite("A packed text")
struct PackingTests {
  @Test(
    "gives an integer back",
    arguments: [
      0, 1, -1, 15, 16, -16, -17, 31, 32, 511, 512, 1_000_000, -1_000_000, .max, .min, .max - 1,
    ])
  func integers(number: Int) {
    #expect(Int(packed: number.packed) == number)
    #expect(number.packed.utf8.allSatisfy { (0x20..<0x60).contains($0) })
  }

  @Test("gives texts back, each as it was", arguments: ["", "a", "é\u{301}\r\n\0\"\\", "12@ "])
  func texts(text: String) {
    var writer = PackedCoder()
    _ = writer.code(text)
    _ = writer.utf8(Array(text.utf8))
    var reader = PackedCoder(reading: writer.text)
    let utf8 = reader.utf8(nil)
    #expect(utf8 == Array(text.utf8))
    let string = reader.code(nil as String?)
    #expect(Array(string.utf8) == Array(text.utf8))
    #expect(reader.isAtEnd)
  }

  @Test(
    "gives back what a type is made of, part by part",
    arguments: [
      Parts(), Parts(texts: ["a", "", "bc"], isTrue: true, there: "there", bounds: -3...70),
      Parts(there: "", later: .known([3, 4])),
      Parts(shapes: [.point, .circle(2), .pair("a", 1), .point]),
    ])
  func parts(parts: Parts) {
    let unpacked = Parts(packed: parts.packed)
    #expect(unpacked.packed == parts.packed)
    #expect(unpacked.texts == parts.texts && unpacked.isTrue == parts.isTrue)
    #expect(unpacked.there == parts.there && unpacked.bounds == parts.bounds)
    #expect(unpacked.later.elements == parts.later.elements && unpacked.shapes == parts.shapes)
  }

  @Test("holds a case by its place, and a value among others by its own")
  func places() {
    #expect(Shape.circle(5).packed == 1.packed + 5.packed)
    var writer = PackedCoder()
    let written = writer.code("c", among: ["a", "b", "c"])
    #expect(written == "c" && writer.text == 2.packed)
  }

  @Test("stops the program at a case that nobody named")
  func unknown() async {
    await #expect(processExitsWith: .failure) { _ = Shape(packed: 3.packed) }
    await #expect(processExitsWith: .failure) { _ = Shape.nameless.packed }
    await #expect(processExitsWith: .failure) {
      var coder = PackedCoder(reading: 3.packed)
      _ = coder.code(nil, among: ["a", "b", "c"])
    }
    await #expect(processExitsWith: .failure) { _ = Int(packed: 3.packed + 3.packed) }
  }
}

struct Parts: Packable, Sendable {
  var texts: [String] = []
  var isTrue = false
  var there: String?
  var bounds = 0...0
  var later = DeferredList<Int>.known([])
  var shapes: [Shape] = []
}

extension Parts {
  init(coding parts: Parts?, with coder: inout PackedCoder) {
    texts = coder.code(parts?.texts)
    isTrue = coder.code(parts?.isTrue)
    there = coder.code(optional: parts?.there)
    bounds = coder.code(parts?.bounds)
    later = coder.code(parts?.later)
    shapes = coder.code(parts?.shapes)
  }
}

enum Shape: Equatable, Packable, Sendable {
  case point
  case circle(Int)
  case pair(String, Int)
  case nameless

  init(coding shape: Shape?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: shape, with: &coder)
    cases.code(.point, &coder) { $0 == .point }
    cases.code(Self.circle, &coder) { if case .circle(let radius) = $0 { radius } else { nil } }
    cases.code(&coder) {
      if case .pair(let text, let number) = $0 { (text, number) } else { nil }
    } _: { parts, coder in
      .pair(coder.code(parts?.0), coder.code(parts?.1))
    }
    self = cases.coded
  }
}

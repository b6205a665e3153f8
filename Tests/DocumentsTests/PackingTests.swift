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
    var writer = PackedWriter()
    writer.write(number)
    var reader = PackedReader(writer.text)
    let integer = reader.integer()
    #expect(integer == number)
    #expect(reader.isAtEnd)
    #expect(writer.text.utf8.allSatisfy { (0x20..<0x60).contains($0) })
  }

  @Test("gives texts back, each as it was", arguments: ["", "a", "é\u{301}\r\n\0\"\\", "12@ "])
  func texts(text: String) {
    var writer = PackedWriter()
    writer.write(text)
    writer.write(text)
    var reader = PackedReader(writer.text)
    let string = reader.string()
    #expect(Array(string.utf8) == Array(text.utf8))
    let utf8 = reader.utf8()
    #expect(utf8 == Array(text.utf8))
    #expect(reader.isAtEnd)
  }

  @Test("gives lists, flags and what may be missing back in their order")
  func others() {
    var writer = PackedWriter()
    writer.write(["a", "", "bc"])
    writer.write(true)
    writer.write("there" as String?) { $1.write($0) }
    writer.write(nil as String?) { $1.write($0) }
    writer.write([3, 4]) { $1.write($0) }
    writer.write(false)
    var reader = PackedReader(writer.text)
    let strings = reader.strings()
    #expect(strings == ["a", "", "bc"])
    let isTrue = reader.flag()
    #expect(isTrue)
    let there = reader.optionalString()
    let missing = reader.optionalString()
    #expect(there == "there" && missing == nil)
    let numbers = [reader.integer(), reader.integer(), reader.integer()]
    #expect(numbers == [2, 3, 4])
    let isFalse = !reader.flag()
    #expect(isFalse)
    #expect(reader.isAtEnd)
  }
}

import Testing

@testable import Prompts

@Suite("A form for a list of items")
struct ItemsFormTests {
  private func items(_ initial: [String], _ keys: Key...) -> [String]? {
    var form = Form(Prompt("Items?", .items(initial: initial)))
    guard case .done(.items(let items)) = form.type(keys) else { return nil }
    return items
  }

  @Test("answers with Enter on the empty line at the end, and nowhere else")
  func enter() {
    #expect(items([], .enter) == [])
    #expect(items([], .scalar("a"), .enter) == nil)
    #expect(items([], .scalar("a"), .enter, .enter) == ["a"])
    #expect(items(["a", "b"], .up, .enter, .enter) == ["a", "b"])
  }

  @Test("puts lines between others, parts them, joins them, and leaves empty ones out")
  func editing() {
    #expect(
      items(["a", "c"], .up, .up, .end, .enter, .scalar("b"), .pageDown, .enter)
        == ["a", "b", "c"])
    #expect(items(["ab"], .up, .left, .enter, .down, .enter) == ["a", "b"])
    #expect(items(["a", "b"], .up, .home, .backspace, .down, .enter) == ["ab"])
    #expect(items(["a", "b"], .up, .up, .delete, .down, .enter) == ["ab"])
    #expect(items(["a", "b"], .up, .control("u"), .backspace, .down, .enter) == ["a"])
    #expect(items(["a"], .up, .control("u"), .down, .enter) == [])
    #expect(items([], .backspace, .delete, .enter) == [])
    #expect(items([], .tab, .scalar("a"), .enter, .enter) == ["a"])
  }

  @Test("makes an item of each line that is pasted, without the blanks around it")
  func paste() {
    #expect(items([], .paste("one\n  two \n\nthree"), .enter, .enter) == ["one", "two", "three"])
    #expect(items([], .paste("one\ntwo\n"), .enter) == ["one", "two"])
    #expect(items([], .scalar("a"), .paste("b"), .enter, .enter) == ["ab"])
    #expect(
      items(["x", "y"], .up, .home, .paste("a\nb\n"), .down, .down, .enter)
        == ["x", "a", "b", "y"])
  }

  @Test("keeps what stands behind the place of a paste apart from it")
  func pasteBetween() {
    #expect(
      items(["x", "y"], .up, .home, .paste("a\n\nb\n"), .down, .enter)
        == ["x", "a", "b", "y"])
    #expect(items(["xy"], .up, .left, .paste("a\nb"), .down, .enter) == ["xa", "by"])
    #expect(items([], .paste("\n\n"), .paste(""), .enter) == [])
  }

  @Test("ends the input by Ctrl-D on an empty line")
  func end() {
    var form = Form(Prompt("Items?", .items(initial: ["a"])))
    #expect(form.type([.control("d")]) == .ended)
  }
}

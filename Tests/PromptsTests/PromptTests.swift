import Testing

@testable import Prompts

struct PromptTests {
  @Test("A prompt takes any answer unless it says otherwise")
  func check() {
    #expect(Prompt("Name?", .text(initial: "")).check(.text("x")) == nil)
  }
}

extension Prompt.Complaint: Equatable {
  public static func == (one: Self, other: Self) -> Bool {
    (one.message, one.help) == (other.message, other.help)
  }
}

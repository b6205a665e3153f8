import FileSystems
import Testing

@Suite("The text of permissions")
struct PermissionsTests {
  private static let names: [(Permissions, String)] = [
    (.regular, "0644"), (.executable, "0755"), (.private, "0600"), (.privateExecutable, "0700"),
  ]

  @Test("is the mode as git writes it, and reads back", arguments: names)
  func named(_ permissions: Permissions, _ text: String) {
    #expect(permissions.recorded == text)
    #expect(Permissions(recorded: text) == permissions)
    #expect(permissions.journaled == text)
    #expect(Permissions(journaled: text) == permissions)
  }

  @Test(
    "tells a mode that ignores the umask from one that does not",
    arguments: [(0o644, "0644"), (0o755, "0755"), (0o7, "07"), (0, "00")] as [(UInt16, String)])
  func exact(_ mode: UInt16, _ text: String) {
    #expect(Permissions.exactly(mode).recorded == text)
    #expect(Permissions.exactly(mode).journaled == "=" + text)
    #expect(Permissions(journaled: "=" + text) == .exactly(mode))
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "=", "644", "0664", "=644", "=01000", "=0+44", "=-0", "00644", "=0o644", "0644 ",
    ])
  func others(_ text: String) {
    #expect(Permissions(recorded: text) == nil)
    #expect(Permissions(journaled: text) == nil)
  }
}

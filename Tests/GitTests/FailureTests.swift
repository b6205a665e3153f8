import FileTrees
import Foundation
import Processes
import TestSupport
import Testing

@testable import Git

@Suite("A git that fails")
struct FailureTests {
  private let room: Room
  private let merge = Merge("a\n", "b\n", "c\n")

  init() throws {
    room = try Room()
  }

  @Test(
    "is an error, and no conflict",
    arguments: [
      ("exit 1", "git merge-file ended with code 1"),
      ("echo text; exit 1", "git merge-file ended with code 1"),
      ("echo 'no tools installed' >&2; exit 1", "git merge-file failed: no tools installed"),
      ("printf '\\nred \\033[1m\\nmore' >&2; exit 1", "git merge-file failed: red \\e[1m"),
      ("echo '<<<<<<< yours'; exit 255", "git merge-file ended with code 255"),
      ("echo '<<<<<<< yours'; exit 129", "git merge-file ended with code 129"),
      ("exit 128", "git merge-file ended with code 128"),
      ("echo '<<<<<<< yours'; kill -9 $$", "git merge-file was ended by signal 9"),
      ("kill -TERM $$", "git merge-file was ended by signal 15"),
    ])
  func failure(script: String, message: String) throws {
    try room.putFirst("git", script)
    let error = #expect(throws: GitError.self) { try room.git().merged([merge]) }
    #expect(error?.message == message)
    #expect(try room.leftovers == [])
  }

  @Test("at one of many is that one's error, and none runs on")
  func oneOfMany() throws {
    let git = try room.git().path
    try room.putFirst(
      "git",
      """
      for word; do
        case $word in *7.ours) echo broken >&2; exit 255;; esac
      done
      exec \(git) "$@"
      """)
    let merges = (0..<20).map { Merge("a\n", "\($0)\n", "c\n") }
    let error = #expect(throws: GitError.self) { try room.git().merged(merges) }
    #expect(error?.message == "git merge-file failed: broken")
    #expect(try room.leftovers == [])
  }

  @Test("leaves none running", .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func othersAreWaitedFor() throws {
    // The second ends after the first was waited for.
    try room.putFirst(
      "git",
      """
      cd "\(room.url.path)"
      case "$*" in
        *0.ours*) echo $$ > number; mv number first; exit 255;;
      esac
      until [ -e first ]; do :; done
      while kill -0 $(cat first) 2>/dev/null; do :; done
      : > second
      """)
    #expect(throws: GitError.self) { try room.git().merged([merge, merge, merge]) }
    #expect(FileManager.default.fileExists(atPath: room.path("second")))
    #expect(try room.leftovers == [])
  }

  @Test("is told from one that does not where the ends of children are not kept")
  func ignoredEnds() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGCHLD, SIG_IGN)
      let room = try Room()
      let results = try room.git().merged([Merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n")])
      try #require(results == [.merged("A\nb\nC\n")])
    }
  }

  @Test("cannot be started")
  func notAProgram() throws {
    try room.putFirst("git", "", interpreter: "/nowhere/at/all")
    let error = #expect(throws: GitError.self) { try room.git().merged([merge]) }
    #expect(
      error?.message == "cannot run “\(room.path("bin/git"))”: No such file or directory")
    #expect(try room.leftovers == [])
  }

  @Test("has no setting and no difference, and says so where blobs are asked for")
  func others() throws {
    try room.putFirst("git", "echo broken >&2; exit 1")
    let git = try room.git()
    let side = Difference.Side(path: try RelativePath(validating: "a"), content: [1])
    let fault = #expect(throws: GitError.self) {
      try git.blobs([GitObjectID(blob: [])], inRepositoryOf: room.path("home"))
    }
    #expect(fault?.message == "git cat-file failed: broken")
    #expect(git.conflictStyle(inRepositoryOf: room.path("home")) == .merge)
    let error = #expect(throws: GitError.self) {
      try git.diff([Difference(old: side, new: nil)], isColoured: false)
    }
    #expect(error?.message == "git fast-import failed: broken")
    #expect(try room.leftovers == [])
  }

  @Test("has no place for its files")
  func noTemporaryDirectory() throws {
    room.environment["TMPDIR"] = room.path("absent")
    let error = #expect(throws: GitError.self) { try room.git().merged([merge]) }
    let place = room.path("absent")
    #expect(
      error?.message == "cannot open “\(place)”: No such file or directory, in “\(place)”")
  }

  @Test(
    "is not there",
    arguments: ["", "/nowhere", "bin", ".", ":bin::", "/", "%/home"])
  func absent(path: String) throws {
    try room.putFirst("git", "exit 0")
    // A directory of that name, and a file that is no program.
    try room.makeDirectory("directory/git")
    try room.write("", to: "home/git")
    let full = path.replacing("%", with: room.url.path) + ":" + room.path("directory")
    #expect(GitProgram(environment: Environment(["PATH": full])) == nil)
    #expect(GitProgram(environment: Environment([:])) == nil)
  }

  @Test("is found in the first directory that has it")
  func found() throws {
    try room.putFirst("git", "exit 0")
    // It is there, but not from everywhere.
    let relative = String(repeating: "../", count: 40) + room.path("bin").dropFirst()
    try #require(FileManager.default.isExecutableFile(atPath: "\(relative)/git"))
    #expect(GitProgram(environment: Environment(["PATH": relative])) == nil)
    let path = "relative::\(room.path("home")):\(room.path("bin")):/usr/bin"
    let git = GitProgram(environment: Environment(["PATH": path]))
    #expect(git?.path == room.path("bin/git"))
  }

  /// A program's own descriptors are closed as it starts another. This one is as if whoever started
  /// the program had left it open.
  @Test("inherits nothing that is open, no blocked signal and no ignored one")
  func inheritance() throws {
    try room.putFirst(
      "git",
      #"{ ls /proc/self/fd; grep ^Sig /proc/self/status; env; } > \#(room.path("seen"))"#)
    let open = fcntl(STDERR_FILENO, F_DUPFD, 500)
    defer { close(open) }
    try #require(open >= 500)
    let before = signal(SIGUSR2, SIG_IGN)
    defer { signal(SIGUSR2, before) }
    room.environment["GIT_DIR"] = "/nowhere"
    room.environment["OWN"] = "as it was"
    _ = try? room.git().merged([merge])
    let seen = try String(contentsOfFile: room.path("seen"), encoding: .utf8)
    let lines = seen.split(separator: "\n").map(String.init)
    #expect(lines.contains("OWN=as it was"))
    #expect(lines.contains("LC_ALL=C"))
    #expect(lines.contains { $0.hasPrefix("HOME=") && $0.contains("/scaffold-git-") })
    #expect(lines.contains("GIT_DIR=/dev/null"))
    #if os(Linux)
      #expect(lines.contains("0") && lines.contains("2") && !lines.contains("\(open)"))
      for name in ["SigBlk", "SigIgn"] {
        let line = try #require(lines.first { $0.hasPrefix("\(name):\t") })
        let mask = try #require(UInt64(line.dropFirst(name.count + 2), radix: 16))
        // Two are the C library's own.
        #expect(mask & 0x7FFF_FFFF == 0, "\(line)")
      }
    #endif
  }
}

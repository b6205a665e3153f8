// swift-tools-version: 6.2

import PackageDescription

// `Tests/Packages/build` sets these three: what a release tells of itself, and libraries that are
// linked before those of the toolchain.
let buildInfo = ["SCAFFOLD_COMMIT", "SCAFFOLD_DATE"].compactMap { name in
  Context.environment[name].map { CSetting.define(name, to: $0) }
}
let libraries = Context.environment["SCAFFOLD_LIBRARIES"]?.split(separator: "\n") ?? []

let package = Package(
  name: "scaffold",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "scaffold", targets: ["scaffold"])
  ],
  targets: [
    // The arrows only point down: each target may import those below it that it names.
    .executableTarget(
      name: "scaffold",
      dependencies: [
        "Console", "Prompts", "Manual", "Projects", "Layouts", "Rules", "DataFiles",
        "BuiltInLayouts", "Git", "Processes", "FileTrees", "FileSystems", "Documents", "CLibrary",
        "ProcessStart", "BuildInfo",
      ],
      linkerSettings: [
        // Fully static: no loader work at start-up, and the binary runs on any distribution.
        .unsafeFlags(
          [
            "-static-executable", "-use-ld=lld",
            "-Xlinker", "--icf=all", "-Xlinker", "--no-rosegment",
            "-Xlinker", "--script=\(Context.packageDirectory)/Sources/ProcessStart/unwinding.ld",
            // The names of Unicode's characters, half a megabyte that nothing here asks for.
            "-Xlinker", "--wrap=_swift_stdlib_getScalarName",
          ] + libraries.map(String.init), .when(platforms: [.linux], configuration: .release))
      ]
    ),
    .target(name: "Manual", dependencies: ["Console", "Documents"]),
    .target(
      name: "Prompts", dependencies: ["Console", "Processes", "Documents", "CLibrary"]),
    .target(name: "Console", dependencies: ["Documents", "CLibrary"]),
    .target(
      name: "Projects",
      dependencies: [
        "Layouts", "Rules", "DataFiles", "Templating", "Git", "FileTrees", "FileSystems",
        "Documents",
      ]),
    .target(
      name: "Git",
      dependencies: ["Processes", "FileSystems", "FileTrees", "Documents", "CLibrary"]),
    .target(name: "Processes", dependencies: ["FileSystems", "CLibrary"]),
    .target(
      name: "Layouts",
      dependencies: [
        "Rules", "Patterns", "Templating", "FileTrees", "FileSystems", "Documents",
      ]),
    .target(
      name: "Rules",
      dependencies: [
        "DataFiles", "Patterns", "Templating", "FileTrees", "FileSystems", "Documents",
      ]),
    .target(name: "DataFiles", dependencies: ["Documents"]),
    .target(name: "Patterns", dependencies: ["Documents"]),
    .target(
      name: "BuiltInLayouts",
      dependencies: ["FileTrees"],
      exclude: ["Templates"],
      plugins: ["EmbedTemplates"]),
    .target(name: "Templating", dependencies: ["Documents", "CLibrary"]),
    .target(name: "FileSystems", dependencies: ["FileTrees", "CLibrary", "LinuxCalls"]),
    .target(name: "FileTrees", dependencies: ["SHA1", "Documents"]),
    .target(name: "Documents"),
    .target(name: "CLibrary"),
    // In C, since headers hide these calls from Swift.
    .target(name: "LinuxCalls"),
    // In C, since Swift has no name for the processor's instructions.
    .target(name: "SHA1"),
    // In C, whose compiler takes values from the command line.
    .target(name: "BuildInfo", cSettings: buildInfo),
    // In C, since Swift's own start needs /proc.
    .target(
      name: "ProcessStart",
      exclude: ["unwinding.ld"],
      cSettings: [
        .define("STATIC_RUNTIME", .when(platforms: [.linux], configuration: .release))
      ]),

    // The build-tool plugin that turns `Templates/` into Swift source, and its tool.
    .plugin(
      name: "EmbedTemplates",
      capability: .buildTool(),
      dependencies: ["embed-templates"],
      path: "Sources/EmbedTemplates/Plugin"),
    .executableTarget(
      name: "embed-templates",
      dependencies: ["Layouts", "FileSystems", "FileTrees", "Documents"],
      path: "Sources/EmbedTemplates/Tool"),

    // What several tests need: disks in memory, faults, and the words in which tests compare.
    .target(
      name: "TestSupport",
      dependencies: ["FileSystems", "FileTrees", "Documents", "CLibrary"],
      path: "Tests/TestSupport"),

    .testTarget(name: "DocumentsTests", dependencies: ["TestSupport", "Documents"]),
    .testTarget(
      name: "FileTreesTests", dependencies: ["TestSupport", "FileTrees", "SHA1", "Documents"]),
    .testTarget(
      name: "FileSystemsTests", dependencies: ["TestSupport", "FileSystems", "FileTrees"]),
    .testTarget(
      name: "GitTests", dependencies: ["TestSupport", "Git", "Processes", "FileTrees"]),
    .testTarget(name: "TemplatingTests", dependencies: ["TestSupport", "Templating", "Documents"]),
    .testTarget(name: "PatternsTests", dependencies: ["TestSupport", "Patterns", "Documents"]),
    .testTarget(name: "DataFilesTests", dependencies: ["TestSupport", "DataFiles", "Documents"]),
    .testTarget(
      name: "RulesTests",
      dependencies: [
        "TestSupport", "Rules", "DataFiles", "Patterns", "Templating", "FileTrees",
        "FileSystems", "Documents",
      ]),
    .testTarget(
      name: "LayoutsTests",
      dependencies: [
        "TestSupport", "Layouts", "Rules", "Patterns", "Templating", "FileTrees", "FileSystems",
        "Documents",
      ]),
    .testTarget(name: "ConsoleTests", dependencies: ["TestSupport", "Console", "Documents"]),
    .testTarget(
      name: "PromptsTests", dependencies: ["TestSupport", "Prompts", "Console", "Documents"],
      exclude: ["Screens"]),
    .testTarget(
      name: "ManualTests",
      dependencies: ["TestSupport", "Manual", "Console", "Documents"]),
    .testTarget(
      name: "ProjectsTests",
      dependencies: [
        "TestSupport", "BuiltInLayouts", "Projects", "Layouts", "Rules", "DataFiles", "Templating",
        "Git",
        "FileSystems", "FileTrees", "Documents",
      ]),
    .testTarget(
      name: "BuiltInLayoutsTests",
      dependencies: [
        "TestSupport", "BuiltInLayouts", "Projects", "Layouts", "Rules", "Templating",
        "FileSystems", "FileTrees", "Documents",
      ],
      exclude: ["RuleBreaks", "Snapshots"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "TestSupport", "scaffold", "BuiltInLayouts", "Console", "Prompts", "Manual", "Projects",
        "Layouts",
        "Rules", "FileSystems", "FileTrees", "Documents",
      ],
      exclude: ["Programs", "Screens", "Transcripts"]),
    .testTarget(name: "RepositoryTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// The program has one thread: a release counts references without locks. Tests run beside each other
// in several, but they need a build for debugging in any case, being `@testable`.
for target in package.targets where target.type == .executable || target.type == .regular {
  target.swiftSettings = [
    .unsafeFlags(
      [
        "-assume-single-threaded",
        // Nothing uses regular expressions, which would be a tenth of the program.
        "-Xfrontend", "-disable-implicit-string-processing-module-import",
        // A type is asked for by a call, not looked up by its name at each start.
        "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors",
        // What nothing calls goes, and each check that fails does so at one place in a function:
        // without debug information nobody could tell which it was.
        "-Xfrontend", "-function-sections", "-Xfrontend", "-internalize-at-link",
        "-Xfrontend", "-mergeable-traps", "-Xfrontend", "-gnone",
        // Else each object has a checksum of the compiler's call, with the folder's path in it.
        "-Xfrontend", "-disable-incremental-llvm-codegen",
      ], .when(configuration: .release))
  ]
}

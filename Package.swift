// swift-tools-version: 6.1

import PackageDescription

let package = Package(
  name: "scaffold",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "Templating", dependencies: ["Documents"]),
    .target(name: "FileSystems", dependencies: ["FileTrees"]),
    .target(name: "FileTrees"),
    .target(name: "Documents"),

    .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
    .testTarget(name: "FileTreesTests", dependencies: ["FileTrees"]),
    .testTarget(name: "FileSystemsTests", dependencies: ["FileSystems", "FileTrees"]),
    .testTarget(name: "TemplatingTests", dependencies: ["Templating", "Documents"]),
  ],
  swiftLanguageModes: [.v6]
)

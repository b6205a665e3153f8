import FileTrees

extension LocalFileSystem {
  /// What is read at once, at most: enough that more would not be faster.
  private static let pieceSize = 128 * 1024

  package func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    let file = try opened(path)
    // One byte more than there is, so that a small file's end is seen without filling the buffer.
    var buffer = [UInt8](repeating: 0, count: min(file.size, Self.pieceSize - 1) + 1)
    while true {
      let count: Int
      do {
        count = try file.read(into: &buffer)
      } catch {
        throw FileSystemError(.read, path, error.code)
      }
      if count == 0 { return }
      try body(buffer.span.extracting(0..<count))
      if file.ends(after: count, ofBuffer: buffer.count) { return }
    }
  }

  package func load(
    _ path: RelativePath, upTo limit: Int
  ) throws(FileSystemError) -> (status: FileStatus, content: [UInt8]?) {
    let file = try opened(path)
    var status = status(of: file)
    if status.size > limit { return (status, nil) }
    do {
      guard let content = try file.contents(upTo: limit) else { return (status, nil) }
      // What is read counts, whatever the disk shows.
      status.size = content.count
      return (status, content)
    } catch {
      throw FileSystemError(.read, path, error.code)
    }
  }

  private func opened(_ path: RelativePath) throws(FileSystemError) -> ReadableFile {
    do {
      let place = try place(of: path)
      return try place.directory.readFile(place.name)
    } catch {
      throw FileSystemError(.read, path, error.code)
    }
  }

  package func createFile(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError) {
    let place: Place
    let file: WritableFile
    do {
      place = try self.place(of: path)
      file = try place.directory.createFile(place.name, permissions)
    } catch {
      throw FileSystemError(.createFile, path, error.code)
    }
    do {
      try Self.fill(file, at: path, with: content)
    } catch {
      // The first failure is the one to tell; a second one here would only hide it.
      try? place.directory.unlink(place.name)
      throw error
    }
  }

  private static func fill(
    _ file: consuming WritableFile, at path: RelativePath, with content: FileContent
  ) throws(FileSystemError) {
    let writer = file.writer
    switch content {
    case .bytes(let bytes):
      try write(bytes.span, to: writer, at: path)
    case .file(let source, let other):
      try stream(source, of: other, to: writer, at: path)
    case .pieces(let pieces):
      var failure: FileSystemError?
      pieces { piece in
        do throws(FileSystemError) {
          try write(piece.bindMemory(to: UInt8.self).span, to: writer, at: path)
        } catch {
          failure = error
        }
        return failure == nil
      }
      if let failure { throw failure }
    }
    do {
      try file.close()
    } catch {
      throw FileSystemError(.write, path, error.code)
    }
  }

  private static func stream(
    _ source: RelativePath, of other: any ReadableFileSystem, to writer: FileWriter,
    at path: RelativePath
  ) throws(FileSystemError) {
    try other.read(source) { (piece: Span<UInt8>) throws(FileSystemError) in
      try write(piece, to: writer, at: path)
    }
  }

  private static func write(
    _ content: Span<UInt8>, to writer: FileWriter, at path: RelativePath
  ) throws(FileSystemError) {
    do {
      try writer.write(content)
    } catch {
      throw FileSystemError(.write, path, error.code)
    }
  }
}

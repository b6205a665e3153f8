import Documents
import FileTrees

/// Which file of the record is which one that the layout gives now. Identity decides, and never how
/// much two contents have in common.
///
/// In this order, each for what is left: the same template for the same items, under the name that it
/// has now; the same path; a template that is new with the content that one had which is no more,
/// where no other file has it.
struct Matching {
  /// A file on the side of the record, on that of the layout, or on both.
  struct Pair {
    var base: Record.File?
    var theirs: GivenFile?
  }

  /// Those that the layout gives in its order, then those that it has no more.
  let pairs: [Pair]

  /// - Parameter templates: those of `base`, as the layout calls them now.
  init(_ base: [Record.File], templates: [String?], _ theirs: [GivenFile]) {
    var matches = Matches(base, theirs)
    matches.match {
      templates[$0]
    } with: {
      $0.template
    }
    matches.match {
      (base[$0].given ?? base[$0].path).string
    } with: {
      $0.path.string
    }
    matches.matchContents()
    pairs = matches.pairs
  }
}

private struct Matches {
  private let base: [Record.File]
  private let theirs: [GivenFile]
  /// Places in `base`, by those in `theirs`.
  private var partners: [Int?]
  private var isMatched: [Bool]

  init(_ base: [Record.File], _ theirs: [GivenFile]) {
    self.base = base
    self.theirs = theirs
    partners = Array(repeating: nil, count: theirs.count)
    isMatched = Array(repeating: false, count: base.count)
  }

  var pairs: [Matching.Pair] {
    var pairs = zip(theirs, partners).map { file, partner in
      Matching.Pair(base: partner.map { base[$0] }, theirs: file)
    }
    for (place, file) in base.enumerated() where !isMatched[place] {
      pairs.append(Matching.Pair(base: file, theirs: nil))
    }
    return pairs
  }

  /// Matches what has the same key.
  ///
  /// - Parameter key: that of the file at a place in `base`; nil for one that is left.
  mutating func match(_ key: (Int) -> String?, with other: (GivenFile) -> String) {
    var places: [Key: Int] = [:]
    for place in base.indices where !isMatched[place] {
      if let key = key(place) { places[Key(text: key)] = place }
    }
    for (index, file) in theirs.enumerated() where partners[index] == nil {
      if let place = places.removeValue(forKey: Key(text: other(file))) { pair(index, place) }
    }
  }

  /// A template may have another name that its layout says nothing of. Items that come and go have
  /// templates that stay: their files are others, however equal.
  mutating func matchContents() {
    let gone = base.indices.filter { !isMatched[$0] }
    let new = theirs.indices.filter { partners[$0] == nil }
    if gone.isEmpty || new.isEmpty { return }
    let present = Set(theirs.map { Key(templateOf: $0.template) })
    let former = Set(base.compactMap { $0.template.map(Key.init(templateOf:)) })
    var places: [GitObjectID: [Int]] = [:]
    for place in gone {
      guard let template = base[place].template, !present.contains(Key(templateOf: template))
      else { continue }
      places[base[place].blob, default: []].append(place)
    }
    var indices: [GitObjectID: [Int]] = [:]
    for index in new where !former.contains(Key(templateOf: theirs[index].template)) {
      indices[theirs[index].blob.id, default: []].append(index)
    }
    for (blob, indices) in indices where indices.count == 1 {
      guard let places = places[blob], places.count == 1 else { continue }
      pair(indices[0], places[0])
    }
  }

  private mutating func pair(_ index: Int, _ place: Int) {
    partners[index] = place
    isMatched[place] = true
  }

  /// A text by its bytes.
  private struct Key: Hashable {
    let text: String

    init(text: String) { self.text = text }

    /// The path of a template without the items: no path holds a colon.
    init(templateOf identity: String) { text = identity.divided(at: ":")?.before ?? identity }

    static func == (left: Key, right: Key) -> Bool { left.text.equalsInBytes(right.text) }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}

/// What is left of what reading a layout, working out answers or rendering may cost. Every part of it
/// is counted, never timed: the same input always ends in the same way.
///
/// The limits are documented in `Templates/README.md`.
package struct Budget: Sendable {
  /// What is counted.
  package enum Resource: Int, CaseIterable, Sendable {
    /// Files and folders, each time that one is placed.
    case entries
    /// Bytes of files, templates and others, whether they are held in memory or not.
    case content
    /// Bytes of text that are held in memory: of templates, and of what they give.
    case text
    /// Placeholders and directives of templates.
    case tags
    /// Bytes of the values of variables.
    case values
    /// What takes time: a tag or a combination of items that is worked out, a byte that a filter or
    /// a comparison looks at, a step of a pattern.
    case steps
  }

  private var spent = [Int](repeating: 0, count: Resource.allCases.count)
  private let fraction: Int
  private let multiple: Int

  /// - Parameters:
  ///   - fraction: by what the limits are divided, for tests of what happens at them.
  ///   - multiple: of the limits, for whoever knows a layout and vouches for it.
  package init(fraction: Int = 1, multiple: Int = 1) {
    self.fraction = fraction
    self.multiple = multiple
  }

  /// What a project of millions of files takes: more than disks are made for.
  package static let large = Budget(multiple: 64)

  /// A larger file is no template. In bytes.
  package var largestTemplate: Int { (4 << 20) * multiple }

  /// No record of a project has more. In bytes: that of 50,000 files has some 10 MB.
  package var largestRecord: Int { (16 << 20) * multiple }

  /// The same limits, with nothing spent.
  package var unspent: Budget { Budget(fraction: fraction, multiple: multiple) }

  /// - Throws: that `amount`, which is not negative, is more than what is left; the rest is kept.
  package mutating func spend(_ amount: Int, on resource: Resource) throws(Overrun) {
    guard amount <= left(of: resource) else { throw overrun(of: resource) }
    spent[resource.rawValue] += amount
  }

  package func left(of resource: Resource) -> Int {
    most(of: resource) - spent[resource.rawValue]
  }

  private func most(of resource: Resource) -> Int { resource.most / fraction * multiple }

  package func overrun(of resource: Resource) -> Overrun {
    Overrun(resource: resource, most: most(of: resource))
  }
}

extension Budget {
  /// The bytes of a value, of a list with all of its items: more than any line that people type.
  package static let longestValue = 64 << 10
}

extension Budget.Resource {
  /// Far more than any project of people has, and done in a second.
  package var most: Int {
    switch self {
    case .entries: 50_000
    case .content: 256 << 20
    case .text: 32 << 20
    case .tags: 100_000
    case .values: 4 << 20
    case .steps: 10_000_000
    }
  }

  /// What a complaint says of it: “the project … 50000 files and folders”.
  fileprivate func description(_ most: Int) -> String {
    switch self {
    case .entries: "has more than \(most) files and folders"
    case .content: "holds more than \(most >> 20) MiB"
    case .text: "has more than \(most >> 20) MiB of templates and rendered text"
    case .tags: "has more than \(most) placeholders and directives"
    case .values: "has more than \(most >> 20) MiB of values"
    case .steps: "takes more than \(most) steps"
    }
  }
}

/// That a limit was passed.
package struct Overrun: Error, Hashable, Sendable {
  package var resource: Budget.Resource
  fileprivate var most: Int

  /// - Parameter whole: what the limit is for: “the layout”, “the project”.
  package func message(for whole: String) -> String {
    "with this, \(whole) \(resource.description(most))"
  }
}

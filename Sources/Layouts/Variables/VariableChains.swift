/// How defaults and conditions lead from one variable to others.
struct VariableChains {
  let variables: [Variable]
  /// The places of the variables by their names.
  let places: [String: Int]
  /// How many variables the longest way from each leads over, itself among them; 0 where that is not
  /// known yet.
  private var lengths: [Int]
  private var path: [Int] = []

  enum Fault: Error {
    /// The ways back to the first one, which stands last as well.
    case circle([Int])
    case tooLong
  }

  init(variables: [Variable], places: [String: Int]) {
    self.variables = variables
    self.places = places
    lengths = [Int](repeating: 0, count: variables.count)
  }

  /// What is wrong on the ways from the variable at `index`; each circle is told once.
  mutating func fault(from index: Int) -> Fault? {
    path = []
    do {
      _ = try length(from: index)
      return nil
    } catch {
      // Known now, as far as complaints go.
      for index in path where lengths[index] == 0 { lengths[index] = 1 }
      return error
    }
  }

  private mutating func length(from index: Int) throws(Fault) -> Int {
    if lengths[index] > 0 { return lengths[index] }
    if let start = path.firstIndex(of: index) { throw .circle(path[start...] + [index]) }
    guard path.count <= Manifest.longestChain else { throw .tooLong }
    path.append(index)
    let variable = variables[index]
    let used = Set(
      (variable.defaultTemplate?.names ?? []) + (variable.when?.names ?? [])
        + variable.additions.flatMap(\.names))
    var longest = 0
    for name in used.sorted() {
      if let next = places[name] { longest = max(longest, try length(from: next)) }
    }
    path.removeLast()
    guard longest <= Manifest.longestChain else { throw .tooLong }
    lengths[index] = longest + 1
    return longest + 1
  }
}

/// What a shell may complete a value to.
package enum Completion: Hashable, Sendable {
  /// Nothing that anybody knows.
  case none
  case file
  case directory
  /// The name of a layout, or a directory.
  case layout
  /// The name of a component of the project at hand.
  case component
  /// An item of that component's list.
  case item
  /// The name of a variable of the layout, “=”, and a value of it.
  case setting
  /// The name of a command.
  case command
  /// The name of a command, or of what else help explains.
  case topic
  /// A word of the option's or the operand's own.
  case words
}

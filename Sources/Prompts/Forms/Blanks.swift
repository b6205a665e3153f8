extension String {
  /// What people type and paste without the blanks before and behind it.
  var withoutBlanksAround: String {
    var scalars = unicodeScalars[...]
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}

/// Where plain questions are written and lines are read.
package protocol LineChannel: AnyObject {
  func write(_ text: String) throws(PromptError)
  /// Nil at the end of input.
  func readLine() throws(PromptError) -> String?
  func close()
}

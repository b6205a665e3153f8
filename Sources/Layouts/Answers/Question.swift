/// What to ask a person for.
package struct Question: Sendable {
  /// Its `prompt`, `help` and `kind` say what is asked.
  package let variable: Variable
  /// What the default gives with the answers so far, as one would type it; nil where there is none
  /// that keeps to the rules.
  package let defaultText: String?
  /// What would do in place of a default that does not.
  package let proposal: String?
  /// The words to choose from: those of the kind, or the items of the list that the variable is of;
  /// none where other texts do as well.
  package let choices: [Variable.Word]
}

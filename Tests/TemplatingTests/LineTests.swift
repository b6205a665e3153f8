import Testing

/// Lines of only blanks and directives vanish with their line ends, and no others.
@Suite struct LineTests {
  @Test(
    "a line of only blanks and directives vanishes",
    arguments: [
      ("<<@if TIER == core>>\nx\n<<@end>>\n", "x\n"),
      ("a\n\t<<@if TIER == core>> \t\nx\n  <<@end>>\t\nb\n", "a\nx\nb\n"),
      ("a\r\n<<@if TIER == core>>\r\nx\r\n<<@end>>\r\nb", "a\r\nx\r\nb"),
      ("a\n<<@if CELERY>>\nx\n<<@else>>\ny\n<<@end>>\nb", "a\ny\nb"),
      ("a\n<<@if CELERY>>\nx\n<<@elif TIER == core>>\ny\n<<@end>>\nb", "a\ny\nb"),
      ("x\n<<@if CELERY>>\n<<@end>>", "x\n"),
      ("x\n<<@if TIER == core>> <<@if not CELERY>>\ny\n <<@end>> <<@end>>\nz", "x\ny\nz"),
      ("<<@if CELERY>><<@end>>\nx", "x"),
      ("a\n<<@for STEP in STEPS>>\n- <<STEP>>\n<<@end>>\nb", "a\n- topic1\n- topic2\nb"),
      ("a\n<<@for MODEL in MODELS>>\n- <<MODEL>>\n<<@end>>\nb", "a\nb"),
      ("a\n  <<@raw>>  \n  b\n  <<@end>>  \nc", "a\n  b\nc"),
      ("<<@raw>>\r\nb\r\n<<@end>>\r\nc", "b\r\nc"),
      ("\u{FEFF}<<@if TIER == core>>\nx\n<<@end>>\n", "\u{FEFF}x\n"),
    ])
  func directiveLinesVanish(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test(
    "a line with anything else stays",
    arguments: [
      ("a\n<<@if CELERY>>x<<@end>>\nb", "a\n\nb"),
      ("a <<@if CELERY>>\nx\n<<@end>>\nb", "a b"),
      ("a\n<<@if CELERY>> .\nx\n<<@end>>\nb", "a\nb"),
      ("a\n. <<@if TIER == core>>\nx\n<<@end>> .\nb", "a\n. \nx\n .\nb"),
      ("a\n<<@raw>>  <<@end>>\nb", "a\n  \nb"),
      ("a\n<<@if TIER == core>> <<@raw>><<@end>> <<@end>>\nb", "a\n  \nb"),
      ("a\n<<@if TIER == core>> <<AUTHOR>> <<@end>>\nb", "a\n Ann \nb"),
      ("a\n <<@if TIER == core>>\rx<<@end>>", "a\n \rx"),
      ("a\n\n <<@if CELERY>>\n<<@end>>\n\nb", "a\n\n\nb"),
    ])
  func otherLinesStay(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test("line ends, a byte order mark and a missing last line end survive")
  func bytesSurvive() {
    let template = "\u{FEFF}a <<AUTHOR>>\r\nb\rc\n\r\n<<EMAIL>>"
    #expect(rendered(template) == "\u{FEFF}a Ann\r\nb\rc\n\r\na@b.c")
  }

  @Test(
    "raw keeps everything up to its end",
    arguments: [
      ("a<<@raw>><<AUTHOR>> <<@if q<<@end>>b", "a<<AUTHOR>> <<@if qb"),
      ("<<@raw>><<@raw>><<@end>>", "<<@raw>>"),
      ("<<@raw>>\n\n<<@end>>", "\n"),
      ("<<@raw>>\n<<@end>>\n", ""),
      ("x<<@raw>>\ny\n<<@end>>z", "x\ny\nz"),
    ])
  func rawKeepsEverything(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }
}

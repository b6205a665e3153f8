import DataFiles
import Testing

@Suite("The format of a data file")
struct DataFormatTests {
  @Test(
    "is told by the file's name",
    arguments: [
      ("compose.yml", .yaml), ("a/b.d/compose.dev.yaml", .yaml), (".env.yaml", .yaml),
      ("pyproject.toml", .toml), ("package.json", .json),
      (".env", .dotenv), ("docker/.env", .dotenv), (".env.example", .dotenv), ("dev.env", .dotenv),
      (".envrc", nil), ("env", nil), ("yml", nil), ("a.yml/b", nil), ("a.YAML", nil), ("", nil),
    ] as [(String, DataFormat?)])
  func names(name: String, format: DataFormat?) {
    #expect(DataFormat(fileName: name) == format)
  }
}

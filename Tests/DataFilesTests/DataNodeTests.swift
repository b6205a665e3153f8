import DataFiles
import Testing

@Suite("A value of a data file")
struct DataNodeTests {
  @Test("is found by its key, in a map alone")
  func keys() {
    let port = DataNode(.scalar("8000", isQuoted: false), at: 6)
    let map = DataNode(.map([DataNode.Member("port", at: 0, port)]), at: 0)
    #expect(map["port"] == port)
    #expect(map["host"] == nil)
    #expect(port["port"] == nil)
    #expect(port.text == "8000")
    #expect(map.text == nil)
  }
}

import Datasets
import Foundation
import Testing
import Worlds

struct GridErrorTests {
  private func points(_ grid: Grid) throws(GridError) -> GridPoints {
    try GridPoints(grid, for: AnyScenario(UniformMotion()))
  }

  @Test(arguments: [0, -1, Int.min, Grid.maximumAxisCount + 1, Int.max])
  func axesNeedAPlainNumberOfValues(count: Int) {
    let grid = Grid(axes: [.linear("r", 0.7, 1.4, count), .linear("v", 1, 4, 3)])
    #expect(throws: GridError.axisCount(axis: "r", count: count)) { try points(grid) }
    let drawn = Grid(axes: [.init("r", .drawn(from: 0, to: 1, count: count, after: 0))])
    #expect(throws: GridError.axisCount(axis: "r", count: count)) { try points(drawn) }
    let text = #"{"axes": [{"name": "r", "from": 0, "to": 1, "count": \#(count)}]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Grid.self, from: Data(text.utf8))
    }
  }

  @Test func oneValueIsEnough() throws {
    let grid = Grid(axes: [.linear("r", 0.7, 1.4, 1), .init("v", .list([2]))])
    #expect(try points(grid).point(at: 0) == ["r": 0.7, "v": 2])
  }

  @Test func productsThatAreTooLargeAreRefused() {
    let many = Grid.maximumAxisCount
    let grid = Grid(axes: ["a", "b", "c", "d"].map { .linear($0, 0, 1, many) })
    #expect(throws: GridError.tooManyPoints(counts: [many, many, many, many])) {
      try points(grid)
    }
  }

  @Test func malformedGridsAreRefused() {
    #expect(throws: GridError.noAxes) { try points(Grid(axes: [])) }
    #expect(throws: GridError.repeatedAxis("r")) {
      try points(Grid(axes: [.linear("r", 0, 1, 2), .linear("r", 0, 1, 2)]))
    }
    #expect(throws: GridError.step(axis: "r", step: 0)) {
      try points(Grid(axes: [.init("r", .every(0, of: .list([1])))]))
    }
    #expect(throws: GridError.skippedDraws(axis: "r", count: -1)) {
      try points(Grid(axes: [.init("r", .drawn(from: 0, to: 1, count: 1, after: -1))]))
    }
    #expect(throws: GridError.notANumber(axis: "r", index: 1, value: .infinity)) {
      try points(Grid(axes: [.init("r", .list([1, .infinity]))]))
    }
    let sides: [Grid.Axis] = [.linear("r", 0.7, 1.4, 3), .linear("v", 1, 4, 3)]
    #expect(throws: GridError.unknownParameter(name: "x", known: ["r", "v"])) {
      try points(Grid(axes: sides, holes: [["x": 0...1]]))
    }
    #expect(throws: GridError.boundNotANumber(parameter: "r")) {
      try points(Grid(axes: sides, keeping: [["r": 0...Double.infinity]]))
    }
    #expect(throws: GridError.keepsNothing) { try points(Grid(axes: sides, keeping: [])) }
    #expect(throws: GridError.tooManyBoxes(65)) {
      try points(Grid(axes: sides, holes: Array(repeating: ["r": 5...6], count: 65)))
    }
    #expect(throws: GridError.empty(total: 9, infeasible: 0)) {
      try points(Grid(axes: sides, holes: [["r": 0...1], ["r": 1...2]]))
    }
  }

  @Test func theFirstPointThatTheScenarioRefusesIsNamed() throws {
    let large = Grid(axes: [.linear("r", 1, 3, 5), .linear("v", 1, 4, 4)])
    #expect("r = 2.5 is the first") {
      try points(large)
    } throws: { error in
      guard case GridError.refused(12, ["r": 2.5, "v": 1], .parameter) = error else { return false }
      return "\(error)".contains("r = 2.5, v = 1.0") && "\(error)".contains("below 2.5")
    }
    var holed = large
    holed.holes = [["r": 2.5...3]]
    #expect(try points(holed).count == 12)
    #expect(throws: GridError.self) { try points(Grid(axes: [.linear("r", 1, 2, 5)])) }
    #expect(throws: GridError.self) {
      try points(Grid(axes: [.linear("r", 1, 2, 2), .linear("v", 1, 2, 2), .linear("x", 1, 2, 2)]))
    }
  }

  @Test func gridsWithoutFeasibleScenesAreRefused() throws {
    let grid = Grid(axes: [
      .linear("r1", 1.7, 2, 4), .linear("r2", 1.7, 2, 4), .linear("v1", 4.5, 6, 4),
      .linear("v2", 4.5, 6, 4),
    ])
    #expect(throws: GridError.empty(total: 256, infeasible: 256)) {
      try GridPoints(grid, for: AnyScenario(Collision()))
    }
  }

  @Test(arguments: [
    #"{"axes": []}"#, #"{"axes": [{"name": "r"}]}"#, #"{}"#,
    #"{"axes": [{"name": "r", "from": 2, "to": 1, "count": 3}]}"#,
    #"{"axes": [{"name": "r", "from": NaN, "to": 1, "count": 3}]}"#,
    #"{"axes": [{"name": "r", "values": []}]}"#,
    #"{"axes": [{"name": "r", "values": [1]}], "holes": [{"r": [2, 1]}]}"#,
    #"{"axes": [{"name": "r", "values": [1]}], "holes": [{"v": [1, 2]}]}"#,
    #"{"axes": [{"name": "r", "every": 0, "of": {"values": [1]}}]}"#,
    #"{"axes": [{"name": "r", "values": [1e400]}]}"#,
  ])
  func malformedJSONIsRefused(text: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Grid.self, from: Data(text.utf8))
    }
  }

  @Test func descriptionsNameValueAndRemedy() {
    #expect("\(GridError.axisCount(axis: "v", count: 0))".contains("1 to 10000000"))
    #expect("\(GridError.tooManyPoints(counts: [2, 3]))".contains("2 x 3"))
    #expect("\(GridError.index(5, count: 3))".contains("no point 5"))
  }
}

import Datasets
import Foundation
import Testing
import Worlds

struct GridTests {
  static let law = AnyScenario(UniformMotion())
  static let holed = Grid(
    axes: [.linear("r", 0.7, 1.4, 8), .linear("v", 1, 4, 31)],
    holes: [["v": 1.5...2], ["v": 2.9...3.1, "r": 0.7...0.9]])

  /// `numpy.linspace(0.7, 1.4, 30)[18]` and others, as NumPy 2.4 prints them.
  @Test func spacedValuesAreThoseOfNumPy() throws {
    func value(_ axis: Grid.Axis, _ index: Int) throws -> Double {
      try #require(GridPoints(Grid(axes: [axis]), for: nil).values(at: index).first)
    }
    #expect(try value(.linear("r", 0.7, 1.4, 30), 18) == 1.1344827586206896)
    #expect(try value(.linear("r", 0.7, 1.4, 8), 3) == 1.0)
    #expect(try value(.linear("r", 0.7, 1.4, 8), 4) == 1.0999999999999999)
    #expect(try value(.linear("v", 0, 0.8, 16), 9) == 0.48000000000000004)
    #expect(try value(.linear("v", 1, 4, 100), 11) == 1.3333333333333335)
    #expect(try value(.linear("v", 1, 4, 100), 99) == 4)
    #expect(try value(.linear("v", 2, 3, 1), 0) == 2)
  }

  /// `numpy.linspace(1, 4, 16)[::2]`, the list of trained speeds of the official levels.
  @Test func selectionsJoinsAndDrawsAreValues() throws {
    let every = Grid(axes: [.init("v", .every(2, of: .linear(from: 1, to: 4, count: 16)))])
    let points = try GridPoints(every, for: nil)
    #expect(points.count == 8)
    #expect(try points.values(at: 7) == [3.8000000000000003])
    let joined = Grid(axes: [
      .init("v", .joined([.list([5, 1]), .linear(from: 2, to: 3, count: 2)]))
    ])
    var values: [Double] = []
    try GridPoints(joined, for: nil).forEach { values += $0 }
    #expect(values == [5, 1, 2, 3])
    // Seed 42 gives 0.3745…, 0.9507…, 0.7319….
    let drawn = Grid(axes: [.init("v", .drawn(from: 0, to: 10, count: 2, after: 1))])
    var list: [Double] = []
    try GridPoints(drawn, for: nil).forEach { list += $0 }
    #expect(list == [7.319939418114051, 9.50714306409916])
  }

  @Test func theLastAxisRunsFastest() throws {
    let grid = Grid(axes: [.init("a", .list([1, 2])), .init("b", .list([3, 4, 5]))])
    let points = try GridPoints(grid, for: nil)
    #expect(points.names == ["a", "b"])
    #expect(try points.point(at: 0) == ["a": 1, "b": 3])
    #expect(try points.point(at: 1) == ["a": 1, "b": 4])
    #expect(try points.point(at: 3) == ["a": 2, "b": 3])
  }

  @Test func edgesOfHolesAreInThem() throws {
    let points = try GridPoints(Self.holed, for: Self.law)
    // 31 speeds 0.1 apart: 1.5 to 2 are six; 2.9 to 3.1 are three, for three of eight radii.
    #expect(points.total == 248 && points.count == 248 - 48 - 9)
    points.forEach { values in
      let (r, v) = (values[0], values[1])
      #expect(!(1.5...2).contains(v), "\(values)")
      #expect(!((2.9...3.1).contains(v) && (0.7...0.9).contains(r)), "\(values)")
    }
  }

  @Test func onlyBoxesToKeepAreKept() throws {
    var grid = Self.holed
    grid.holes = []
    grid.keeping = [["v": 1...1.2], ["v": 1.2...1.4, "r": 0.8...0.8], ["r": 1.4...2, "v": 4...5]]
    let points = try GridPoints(grid, for: Self.law)
    // Three speeds for all radii, two more for one (1.4 is 1.4000000000000001), and a corner.
    var seen = 0
    points.forEach { values in
      let point = ["r": values[0], "v": values[1]]
      #expect(Region(boxes: grid.keeping ?? []).contains(point))
      seen += 1
    }
    #expect(points.count == seen && seen >= 8 * 3 + 1)
  }

  @Test(arguments: [
    (holed, AnyScenario(UniformMotion())),
    (
      Grid(axes: [
        .linear("r1", 0.5, 1.5, 5), .linear("r2", 0.5, 1.5, 5), .linear("v1", 1, 4, 7),
        .linear("v2", 1, 4, 11),
      ]), AnyScenario(Collision())
    ),
  ])
  func pointsByNumberAreThoseInOrder(grid: Grid, law: AnyScenario) throws {
    let points = try GridPoints(grid, for: law)
    var all: [[Double]] = []
    points.forEach { all.append($0) }
    #expect(all.count == points.count && points.count < points.total)
    for index in all.indices.reversed() {
      #expect(try points.values(at: index) == all[index])
      try law.validate(points.point(at: index))
    }
    #expect(throws: GridError.index(points.count, count: points.count)) {
      try points.values(at: points.count)
    }
    #expect(throws: GridError.index(-1, count: points.count)) { try points.values(at: -1) }
  }

  @Test func theClosedFormCutsWhatThePointwiseRuleCuts() throws {
    let grid = Grid(axes: [
      .linear("v2", 1, 4, 9), .linear("r1", 0.5, 1.5, 4), .linear("v1", 1, 4, 9),
      .linear("r2", 0.5, 1.5, 4),
    ])
    let law = Collision()
    var kept: [[Double]] = []
    try GridPoints(grid, for: nil).forEach { values in
      let point = ["v2": values[0], "r1": values[1], "v1": values[2], "r2": values[3]]
      if (try? law.validate(point)) != nil { kept.append(values) }
    }
    var found: [[Double]] = []
    try GridPoints(grid, for: AnyScenario(law)).forEach { found.append($0) }
    #expect(found == kept)
  }

  @Test func jsonComesBack() throws {
    let grid = Grid(
      axes: [
        .init(
          "r", .every(2, of: .joined([.list([0.5, 0.6]), .linear(from: 1, to: 2, count: 3)]))),
        .init("v", .drawn(from: 1, to: 4, count: 5, after: 2)),
      ], holes: [["v": 1...2]], keeping: [["r": 0...1]])
    let data = try JSONEncoder().encode(grid)
    #expect(try JSONDecoder().decode(Grid.self, from: data) == grid)
    let text = #"{"axes": [{"name": "v", "from": 1, "to": 4, "count": 30}]}"#
    let short = try JSONDecoder().decode(Grid.self, from: Data(text.utf8))
    #expect(short == Grid(axes: [.linear("v", 1, 4, 30)]))
  }

  @Test func theTextNamesEverything() {
    #expect(
      Self.holed.description
        == "{r=0.7...1.4/8,v=1.0...4.0/31}-[v=1.5...2.0]-[r=0.7...0.9,v=2.9...3.1]")
    let grid = Grid(
      axes: [
        .init("v", .joined([.list([1, 2]), .every(3, of: .linear(from: 0, to: 1, count: 9))]))
      ],
      keeping: [["v": 0...1], ["v": 2...3]])
    #expect(grid.description == "{v=((1.0,2.0)+0.0...1.0/9:3)}&[v=0.0...1.0]+[v=2.0...3.0]")
  }
}

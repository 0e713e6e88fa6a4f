import Foundation
import Measures
import TestSupport
import Testing

/// The tables that the released drivers wrote from known records.
private struct AggregateFile: Decodable {
  struct Table: Decodable {
    var kind: String
    var inputs: [Input]
    var columns: [String]
    var rows: [[String]]
  }

  /// One record: `init`, and measures as numbers, as lists or as rows of both balls.
  struct Input: Decodable {
    var values: [String: Value]

    init(from decoder: any Decoder) throws {
      values = try decoder.singleValueContainer().decode([String: Value].self)
    }
  }

  enum Value: Decodable {
    case number(Double)
    case list([Double])
    case rows([[Double]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .number(.nan)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode([Double].self) {
        self = .list(value)
      } else {
        self = .rows(try container.decode([[Double]].self))
      }
    }

    var numbers: [Double] {
      switch self {
      case .number(let value): [value]
      case .list(let values): values
      case .rows(let rows): rows.flatMap(\.self)
      }
    }

    /// The mean of one ball's column.
    func mean(ofBall ball: Int) -> Double {
      guard case .rows(let rows) = self, !rows.isEmpty else { return .nan }
      return rows.reduce(0) { $0 + $1[ball] } / Double(rows.count)
    }
  }

  var tables: [Table]
}

extension AggregateFile.Input {
  /// The record, with what the drivers work out from velocities.
  func record() -> OfficialTable.Record {
    var measures = values.compactMapValues { $0.numbers.count == 1 ? $0.numbers[0] : nil }
    let initial = values["init"]?.numbers ?? []
    if let velocities = values["x_vel"]?.numbers, initial.count > 1 {
      let mean = velocities.reduce(0, +) / Double(velocities.count)
      measures["vel_error"] = abs(mean - initial[1])
    }
    for phase in ["pre", "post"] {
      guard let seen = values["\(phase)_x_vel"], let actual = values["gt_\(phase)_x_vel"] else {
        continue
      }
      let errors = [0, 1].map { abs(seen.mean(ofBall: $0) - actual.mean(ofBall: $0)) }
      measures["\(phase)_vel_error"] = (errors[0] + errors[1]) / 2
    }
    return OfficialTable.Record(initial: initial, measures: measures)
  }
}

@Suite struct OfficialTableTests {
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func theReleasedTablesComeOutLetterByLetter() throws {
    let file = GoldenFolder.url.appendingPathComponent("aggregate.json")
    let tables = try JSONDecoder().decode(AggregateFile.self, from: Data(contentsOf: file)).tables
    #expect(tables.map(\.kind) == OfficialTable.Kind.allCases.map(\.rawValue))
    for expected in tables {
      let kind = try #require(OfficialTable.Kind(rawValue: expected.kind))
      let table = try OfficialTable(
        kind, model: expected.rows[0][0], records: expected.inputs.map { $0.record() })
      #expect(table.columns == expected.columns)
      #expect(table.rows == expected.rows)
    }
  }

  @Test func bordersBelongToTheTrainingRange() throws {
    let initials = [
      [0.7, 1], [1.4, 4], [1.4000001, 4], [1.4, 4.1], [2, 5], [0.6, 0], [0.59, 2],
    ]
    let table = try OfficialTable(
      .uniform, model: "m",
      records: initials.map { .init(initial: $0, measures: ["vel_error": $0[0]]) })
    #expect(table.rows[2][1] == "     2,      4,      1,      1,      1,      1")
    #expect(table.rows[0][1] == "1.0500, 1.3500, 1.4000, 1.4000, 2.0000, 0.6000")
  }

  @Test func missingNumbersAreLeftOutAndEmptyClassesAreNaN() throws {
    let table = try OfficialTable(
      .parabola, model: "a \"b\", c",
      records: [
        .init(initial: [1, 2], measures: ["delta_r": .nan]),
        .init(initial: [1, 2], measures: ["delta_r": 0.25]),
      ])
    #expect(table.rows[0][1] == "0.2500, nan, nan, nan, nan, nan")
    #expect(
      table.csv().hasPrefix("model,delta_r,abs_x_err_avg,abs_y_err_avg\n\"a \"\"b\"\", c\",\"0"))
    #expect(table.csv().split(separator: "\n").count == 4)
  }

  @Test func aShortInitFails() {
    #expect(throws: MeasureError.shortInit(2)) {
      try OfficialTable(
        .collision, model: "m", records: [.init(initial: [1, 2], measures: [:])])
    }
  }
}

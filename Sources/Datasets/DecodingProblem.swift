import Foundation

/// Turns a decoding error into one line that says where and what.
package enum DecodingProblem {
  package static func text(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(place(context)) lacks '\(key.stringValue)'"
    case DecodingError.valueNotFound(_, let context):
      "\(place(context)) is null"
    case DecodingError.typeMismatch(let type, let context):
      "\(place(context)) is not of type \(type)"
    case DecodingError.dataCorrupted(let context):
      "\(place(context)): \(context.debugDescription)"
    default: error.localizedDescription
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? "the file" : path.joined(separator: ".")
  }
}

import Foundation
import HTTPTypes
import Hummingbird

/// The responses of the server.
enum Reply {
  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
    guard let data = try? JSONEncoder().encode(value) else {
      return Response(status: .internalServerError)
    }
    return bytes(data, type: "application/json", status: status)
  }

  static func bytes(
    _ data: some Collection<UInt8>, type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }

  static func refusal(_ status: HTTPResponse.Status, _ text: String) -> Response {
    json(Messages.Refusal(error: text), status: status)
  }

  /// What the page is told of an error; nothing in it names a file.
  static func refusal(_ error: RatingError) -> Response {
    switch error {
    case .raterName, .unknownAnswer: refusal(.badRequest, "\(error)")
    case .unknownRater: refusal(.forbidden, "\(error)")
    case .unknownClip: refusal(.notFound, "this clip is not part of the study")
    case .clip: refusal(.gone, "this clip cannot be shown any more; skip it")
    default: refusal(.internalServerError, "the study cannot be read or written; try again")
    }
  }
}

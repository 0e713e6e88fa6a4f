import Foundation
import Hummingbird
import Logging

/// What the server does, address by address.
struct RatingRoutes: Sendable {
  /// Bytes of the longest message that a page sends.
  static let longestMessage = 4096

  let study: Study
  let clips: [Clip]
  let store: ClipStore
  /// Who may take part; nil where anyone may.
  let raters: [RaterName]?
  let logger: Logger

  func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: Protection(accessKey: study.accessKey))
    for file in Page.files {
      router.get(RouterPath(file.path)) { _, _ in Reply.bytes(file.bytes, type: file.type) }
    }
    router.get("/api/study") { _, _ in Reply.json(outline) }
    router.post("/api/raters") { request, _ in await answer { try await signIn(request) } }
    router.post("/api/ratings") { request, _ in await answer { try await rate(request) } }
    router.get("/api/clips/:id/:side") { _, context in
      await answer { try await clip(context.parameters.get("id"), context.parameters.get("side")) }
    }
    return router
  }

  private var outline: Messages.StudyOutline {
    let question = study.question
    return Messages.StudyOutline(
      title: question.title, guidance: question.guidance,
      answers: question.answers.map { .init(id: $0, label: $0.label) },
      raters: raters?.map(\.text), showsTruth: question == .types)
  }

  private func signIn(_ request: Request) async throws -> Response {
    let name = try RaterName(try await message(Messages.SignIn.self, request).name)
    guard raters?.contains(where: { $0.key == name.key }) ?? true else {
      throw RatingError.unknownRater(name.text)
    }
    let rater = try await study.join(name)
    let given = try await study.answers(of: rater)
    let order = ClipOrder.shuffled(clips, rater: rater, seed: study.seed)
    return Reply.json(
      Messages.Assignment(
        rater: rater.text, clips: order.map { .init(id: $0.id, answer: given[$0.id]) }))
  }

  private func rate(_ request: Request) async throws -> Response {
    try await study.rate(try await message(Rating.self, request))
    return Response(status: .noContent)
  }

  private func clip(_ id: String?, _ side: String?) async throws -> Response {
    let sides: [String: ClipStore.Side] = ["clip": .clip, "truth": .truth]
    guard let id, let side = side.flatMap({ sides[$0] }) else {
      throw RatingError.unknownClip(id ?? "")
    }
    return Reply.bytes(try await store.data(id, side), type: "video/mp4")
  }

  private func message<Message: Decodable>(
    _ type: Message.Type, _ request: Request
  ) async throws -> Message {
    guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
      throw HTTPError(.unsupportedMediaType)
    }
    let buffer = try await request.body.collect(upTo: Self.longestMessage)
    do {
      return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
    } catch {
      throw HTTPError(.badRequest)
    }
  }

  /// Turns errors into responses.
  private func answer(_ body: () async throws -> Response) async -> Response {
    do {
      return try await body()
    } catch let error as RatingError {
      logger.debug("refused: \(error)")
      return Reply.refusal(error)
    } catch let error as any HTTPResponseError {
      return Reply.refusal(error.status, "the message cannot be understood")
    } catch {
      logger.error("\(error)")
      return Reply.refusal(.internalServerError, "the server failed; try again")
    }
  }
}

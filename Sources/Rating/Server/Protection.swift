import HTTPTypes
import Hummingbird

/// Lets through only what comes from the page itself, and tells browsers to keep it that way.
///
/// The server listens on the loopback interface, which other pages in the same browser and other
/// users of the machine can reach too. Against them:
/// - `Host` must be a loopback name, so that a foreign name that was pointed at 127.0.0.1 (DNS
///   rebinding) gets nothing.
/// - `Origin` and `Sec-Fetch-Site`, where a browser sends them, must be the page's own.
/// - Everything below `/api/` needs the study's key in a header of its own, which a foreign page
///   cannot send without asking first, and which no address or log contains.
struct Protection<Context: RequestContext>: RouterMiddleware {
  let accessKey: String

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    if let refusal = refusal(request) {
      response = refusal
    } else {
      do { response = try await next(request, context) } catch let error as any HTTPResponseError {
        response = Reply.refusal(error.status, "\(error.status.code)")
      }
    }
    for field in ProtectionHeaders.fields { response.headers[field.name] = field.value }
    return response
  }

  private func refusal(_ request: Request) -> Response? {
    guard let host = request.head.authority, LoopbackName.isLoopback(authority: host) else {
      return Reply.refusal(.misdirectedRequest, "this page answers to 127.0.0.1 and localhost only")
    }
    if let origin = request.headers[.origin], origin.lowercased() != "http://\(host.lowercased())" {
      return Reply.refusal(.forbidden, "requests from other pages are refused")
    }
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
      return Reply.refusal(.forbidden, "requests from other pages are refused")
    }
    if request.uri.path.hasPrefix("/api/"),
      !Self.isSame(request.headers[.accessKey] ?? "", accessKey)
    {
      return Reply.refusal(
        .unauthorized, "open the page by the whole link that phyworld rate printed")
    }
    return nil
  }

  /// Compares in a time that does not tell how much of a guess was right.
  private static func isSame(_ guess: String, _ secret: String) -> Bool {
    let (guess, secret) = (Array(guess.utf8), Array(secret.utf8))
    guard guess.count == secret.count else { return false }
    return zip(guess, secret).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Names of the loopback interface.
enum LoopbackName {
  /// Whether `127.0.0.1`, `localhost` or `[::1]`, with or without a port, which may be another than
  /// the server's own where a tunnel leads to it.
  static func isLoopback(authority: String) -> Bool {
    authority.lowercased().wholeMatch(of: /(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?/) != nil
  }
}

/// What browsers are told with every response.
private enum ProtectionHeaders {
  static let fields: [HTTPField] = [
    // No inline code, no address but the server's; clips come as blobs that the script fetched.
    HTTPField(
      name: .contentSecurityPolicy,
      value: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "media-src blob:; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"),
    HTTPField(name: .xContentTypeOptions, value: "nosniff"),
    HTTPField(name: .xFrameOptions, value: "DENY"),
    HTTPField(name: .referrerPolicy, value: "no-referrer"),
    HTTPField(name: .openerPolicy, value: "same-origin"),
    HTTPField(name: .resourcePolicy, value: "same-origin"),
    HTTPField(name: .cacheControl, value: "no-store"),
  ]
}

extension HTTPField.Name {
  /// Carries the study's key.
  static let accessKey = named("X-PhyWorld-Key")
  fileprivate static let secFetchSite = named("Sec-Fetch-Site")
  fileprivate static let xFrameOptions = named("X-Frame-Options")
  fileprivate static let referrerPolicy = named("Referrer-Policy")
  fileprivate static let openerPolicy = named("Cross-Origin-Opener-Policy")
  fileprivate static let resourcePolicy = named("Cross-Origin-Resource-Policy")

  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("'\(text)' is no name of a header")
    }
    return name
  }
}

import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Serves the page of a study to browsers on this machine.
///
/// It listens on 127.0.0.1 alone. Raters elsewhere come through a tunnel, such as
/// `ssh -L 8000:127.0.0.1:PORT`.
public struct RatingServer: Sendable {
  private let study: Study
  private let port: Int
  private let routes: RatingRoutes
  private let logger: Logger

  /// A server of a study.
  ///
  /// - Parameters:
  ///   - clips: what to show.
  ///   - raters: who may take part; anyone where it is nil.
  ///   - port: 0 takes a free one.
  ///   - framesPerSecond: plays all clips at this speed; nil leaves each its own.
  public init(
    study: Study, clips: [Clip], raters: [RaterName]? = nil, port: Int = 0,
    framesPerSecond: Int? = nil, logger: Logger = Logger(label: "phyworld.rating")
  ) {
    self.study = study
    self.port = port
    self.logger = logger
    routes = RatingRoutes(
      study: study, clips: clips,
      store: ClipStore(clips, reader: ClipReader(framesPerSecond: framesPerSecond)),
      raters: raters, logger: logger)
  }

  /// Serves until the task is cancelled or, with `stopsOnSignals`, Ctrl-C or SIGTERM comes.
  ///
  /// - Parameter whenReady: is told the link to give to raters, which holds the study's key.
  /// - Throws: ``RatingError/cannotListen(port:cause:)``
  public func run(
    stopsOnSignals: Bool = true, whenReady: @escaping @Sendable (URL) -> Void
  ) async throws(RatingError) {
    // What goes wrong on a connection, such as a closed window, is nobody's concern.
    var quiet = logger
    quiet.logLevel = .critical
    let key = study.accessKey
    let application = Application(
      router: routes.router(),
      configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? 0
        if let url = URL(string: "http://127.0.0.1:\(port)/#key=\(key)") { whenReady(url) }
      },
      logger: quiet)
    do {
      try await application.runService(
        gracefulShutdownSignals: stopsOnSignals ? [.sigint, .sigterm] : [])
    } catch is CancellationError {
      return
    } catch let error as IOError {
      throw .cannotListen(port: port, cause: Self.cause(errno: error.errnoCode))
    } catch {
      throw .cannotListen(port: port, cause: "\(error)")
    }
  }

  private static func cause(errno code: CInt) -> String {
    switch code {
    case EADDRINUSE: "another program uses it"
    case EACCES: "it is reserved for the system"
    default: String(cString: strerror(code))
    }
  }
}

extension RatingServer {
  /// Serves as ``run(stopsOnSignals:whenReady:)`` does and returns when it has ended; for a program's
  /// main thread, not for use within tasks.
  ///
  /// - Throws: ``RatingError/cannotListen(port:cause:)``
  public func runBlocking(whenReady: @escaping @Sendable (URL) -> Void) throws(RatingError) {
    let outcome = Mutex<RatingError?>(nil)
    let ended = DispatchSemaphore(value: 0)
    Task {
      do throws(RatingError) {
        try await run(whenReady: whenReady)
      } catch {
        outcome.withLock { $0 = error }
      }
      ended.signal()
    }
    ended.wait()
    if let error = outcome.withLock({ $0 }) { throw error }
  }
}

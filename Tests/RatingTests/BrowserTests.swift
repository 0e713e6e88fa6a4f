import Foundation
import Measures
import Rating
import Testing
import Videos

/// What a person does at the page, in a real browser.
@Suite(.serialized, .enabled(if: Browser.path != nil, Browser.absent))
struct BrowserTests {
  private static let names = [
    "truth/secret-name-0.mp4", "model/secret-name-0.mp4", "model/secret-name-1.mp4",
    "model/secret-name-2.mp4",
  ]

  @Test func answersByKeyAndMouseArriveInTheStudy() async throws {
    try await withFolder { folder in
      try writeClips(Self.names, in: folder)
      try await RunningServer.run(folder) { server in
        try await Browser.run { browser in
          let tab = try await browser.open(server.link)
          try await tab.wait(state: "welcome")
          try await tab.picture("welcome")
          try await tab.signIn("Ada")
          #expect(try await tab.text("#place") == "Ada · 0 of 4")
          #expect(try await tab.text("#question") == "Does this obey physics?")

          // The clip is really there and plays.
          #expect(
            try await tab.value("document.querySelector('#clip video').videoWidth") == .number(256))
          try await tab.wait("document.querySelector('#clip video').currentTime > 0.1")
          try await tab.picture("clip")
          try await tab.press(" ")
          try await tab.wait("document.querySelector('#clip video').paused")

          let order = try await server.signIn("ada").clips.map(\.id)
          try await tab.answer("1")
          try await tab.answer("n")
          let button = "#answers button[value=violates]"
          try await tab.click(button)
          try await tab.wait("document.querySelector('#place').textContent === 'Ada · 3 of 4'")
          try await tab.wait(state: "ready")

          // Back to the third clip, whose answer shows, and another answer to it.
          try await tab.press("ArrowLeft")
          try await tab.wait("document.querySelector('\(button)').ariaPressed === 'true'")
          try await tab.wait(state: "ready")
          try await tab.picture("changing")
          try await tab.answer("y")
          try await tab.answer("2")
          try await tab.wait(state: "done")
          try await tab.picture("done")

          let answers = try await server.study.answers(of: RaterName("Ada"))
          #expect(order.map { answers[$0] } == [.obeys, .violates, .obeys, .violates])
          let history = try server.study.table().history
          #expect(history.map(\.answer) == [.obeys, .violates, .violates, .obeys, .violates])
          #expect(history.allSatisfy { $0.rater == "Ada" && $0.seconds > 0 && $0.seconds < 60 })

          // Looking through them once more changes nothing.
          try await tab.click("#again")
          for number in 1...4 {
            try await tab.wait(state: "ready")
            #expect(
              try await tab.text("#answers button[aria-pressed=true] kbd")
                == (number.isMultiple(of: 2) ? "2" : "1"))
            try await number == 4 ? tab.press("ArrowRight") : tab.answer("ArrowRight")
          }
          try await tab.wait(state: "done")
          #expect(try server.study.table().history == history)

          let page = try await tab.value("document.documentElement.outerHTML")
          #expect(!"\(page)".contains("secret"), "the page tells where a clip comes from")
          #expect(browser.complaints.isEmpty)
        }
      }
    }
  }

  @Test func twoRatersAtOnceEachInAnOrderOfTheirOwn() async throws {
    try await withFolder { folder in
      try writeClips((0..<6).map { "\($0).mp4" }, in: folder)
      try await RunningServer.run(folder) { server in
        try await Browser.run { browser in
          let (ada, emmy) = (
            try await browser.open(server.link), try await browser.open(server.link)
          )
          try await ada.signIn("Ada")
          try await emmy.signIn("Emmy")
          async let first: Void = { for _ in 0..<6 { try await ada.answer("1") } }()
          async let second: Void = { for _ in 0..<6 { try await emmy.answer("2") } }()
          _ = try await (first, second)
          let table = try server.study.table()
          #expect(table.ratings.count == 12)
          #expect(table.ratings.allSatisfy { $0.abnormal == ($0.rater == "Emmy") })
          let orders = ["Ada", "Emmy"].map { name in
            table.history.filter { $0.rater == name }.map(\.clip)
          }
          #expect(orders[0] != orders[1] && Set(orders[0]) == Set(orders[1]))
        }
      }
    }
  }

  @Test func aRaterGoesOnAfterTheServerWasStopped() async throws {
    try await withFolder { folder in
      try writeClips(["a.mp4", "b.mp4", "c.mp4"], in: folder)
      try await Browser.run { browser in
        let (tab, link, order) = try await RunningServer.run(folder) { server in
          let tab = try await browser.open(server.link)
          try await tab.signIn("Ada")
          try await tab.answer("1")
          return (tab, server.link, try await server.signIn("Ada").clips.map(\.id))
        }
        try await tab.press("2")
        try await tab.wait(
          "document.querySelector('#problem').textContent.includes('start phyworld')")
        try await tab.picture("stopped")

        try await RunningServer.run(folder, port: try #require(link.port)) { server in
          #expect(server.link == link, "the link stays good")
          try await tab.press("2")
          try await tab.wait("document.querySelector('#place').textContent === 'Ada · 2 of 3'")
          try await tab.command("Page.reload")
          try await tab.wait("document.querySelector('#place').textContent === 'Ada · 2 of 3'")
          try await tab.wait(state: "ready")
          try await tab.answer("1")
          let answers = try await server.study.answers(of: RaterName("Ada"))
          #expect(order.map { answers[$0] } == [.obeys, .violates, .obeys])
        }
      }
    }
  }

  @Test func threeTypesBesideTheTruthAndNamesToChooseFrom() async throws {
    try await withFolder { folder in
      let (clips, truth) = (folder.appendingPathComponent("c"), folder.appendingPathComponent("t"))
      try writeClips(["m/0.mp4"], in: clips)
      try writeClips(["0.mp4"], in: truth)
      try await RunningServer.run(clips, question: .types, truths: truth, raters: ["Ada", "Emmy"]) {
        server in
        try await Browser.run { browser in
          let tab = try await browser.open(server.link)
          try await tab.wait(state: "welcome")
          try await tab.picture("names")
          try await tab.value("document.querySelector('#names').value = 'Emmy'")
          try await tab.click("form button")
          try await tab.wait(state: "ready")
          try await tab.picture("types")
          #expect(
            try await tab.value("document.querySelector('#truth video').videoWidth") == .number(256)
          )
          try await tab.answer("3")
          let table = try server.study.table()
          #expect(table.ratings.map(\.answer) == [.wrong] && table.raters == ["Emmy"])
        }
      }
    }
  }

  @Test func namesAreTextAndOtherPagesGetNothing() async throws {
    try await withFolder { folder in
      try writeClips(["0.mp4", "1.mp4"], in: folder)
      try await RunningServer.run(folder) { server in
        try await Browser.run { browser in
          let tab = try await browser.open(server.link)
          let name = "x<img src=x onerror=alert(1)>"
          try await tab.signIn(name)
          #expect(try await tab.text("#place") == "\(name) · 0 of 2")
          #expect(try await tab.value("document.querySelectorAll('img').length") == .number(0))

          // The same server by another name of this machine is another origin.
          let other = try await browser.open(
            try #require(URL(string: "http://localhost:\(server.port)/")))
          try await other.wait("document.querySelector('#problem').textContent.includes('link')")
          try await other.picture("no-key")
          let reached = try await other.value(
            """
            fetch("http://127.0.0.1:\(server.port)/api/study",
              { headers: { "X-PhyWorld-Key": "\(server.study.accessKey)" } })
              .then(() => "reached", () => "refused")
            """)
          #expect(reached == .string("refused"))
        }
      }
    }
  }
}

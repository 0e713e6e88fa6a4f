import Findings
import Foundation
import Reports
import TestSupport
import Testing

/// How pages of findings look in a real browser, on a desk and on a telephone, light and dark.
@Suite(.serialized, .enabled(if: HeadlessBrowser.path != nil, HeadlessBrowser.absent))
struct FindingBrowserTests {
  private static let widths = [360.0, 390, 1000]

  @Test(arguments: widths) func pagesFit(width: Double) throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder.appendingPathComponent("figure-7"))
      try FindingIndex.write(to: folder)
      for page in ["index.html", "figure-7/index.html"] {
        let found = try HeadlessBrowser.measure(page, in: folder, width: width)
        #expect(found.width == width, "\(page)")
        #expect(found.contentWidth <= width, "\(page)")
        #expect(found.cutTexts == [] as [String], "\(page)")
        #expect(found.overlapping == [] as [String], "\(page)")
      }
    }
  }

  @Test func pagesFollowTheReadersSetting() throws {
    try withTemporaryFolder { folder in
      try FindingFiles.write(MadeUp.finding(), to: folder)
      let light = try HeadlessBrowser.measure("index.html", in: folder, width: 390)
      let dark = try HeadlessBrowser.measure("index.html", in: folder, width: 390, isDark: true)
      #expect(light.paper == "rgb(253, 253, 252)")
      #expect(dark.paper == "rgb(21, 24, 27)")
    }
  }
}

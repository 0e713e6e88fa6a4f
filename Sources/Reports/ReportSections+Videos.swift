import Foundation

/// The videos, grouped by level.
extension ReportSections {
  var videos: String? {
    guard !content.clips.isEmpty else { return nil }
    let groups = Dictionary(grouping: content.clips, by: \.level)
    let parts = Levels.ordered(groups.keys).map { level in
      let clips = (groups[level] ?? []).map(clip).joined(separator: "\n")
      let range = content.levelDescriptions[level].map { " <small>\(escaped($0))</small>" } ?? ""
      return "<h3>\(escaped(Levels.name(level)))\(range)</h3><div class=\"clips\">\(clips)</div>"
    }
    return section(
      "videos", "Videos",
      [
        "<p>Truth above, generation below; the bar between them is dark while the frames are those "
          + "that the model was given.</p>"
      ] + parts)
  }

  private func clip(_ clip: ReportClip) -> String {
    let video =
      clip.mp4.isEmpty
      ? ""
      : "<video controls autoplay loop muted playsinline preload=\"auto\" "
        + "aria-label=\"\(escaped(clip.label))\" "
        + "src=\"data:video/mp4;base64,\(clip.mp4.base64EncodedString())\"></video>"
    let strip =
      clip.filmstrip.isEmpty
      ? ""
      : "<img alt=\"Filmstrip: \(escaped(clip.label))\" "
        + "src=\"data:image/png;base64,\(clip.filmstrip.base64EncodedString())\">"
    return "<figure class=\"clip\">\(video)<figcaption><strong>\(escaped(clip.label))</strong>"
      + "\(escaped(clip.caption))\(strip)</figcaption></figure>"
  }
}

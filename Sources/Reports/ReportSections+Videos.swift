/// The videos, grouped by level.
extension ReportSections {
  var videos: String? {
    guard !content.clips.isEmpty else { return nil }
    let groups = Dictionary(grouping: content.clips, by: \.level)
    let parts = Levels.ordered(groups.keys).map { level in
      let clips = (groups[level] ?? []).map(PageParts.clip).joined(separator: "\n")
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
}

/// What pages of findings need beside the style of every page.
enum FindingStyle {
  static let page = """
    .answer.holds { border-color: var(--c3); }
    .answer.fails { border-color: var(--c2); }
    .pill { display: inline-block; padding: .05em .6em .1em; border-radius: 1em; color: var(--paper);
      font: 600 .82em/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
      background: var(--c0); white-space: nowrap; vertical-align: .06em; margin-right: .35em; }
    .pill.holds { background: var(--c3); }
    .pill.fails { background: var(--c2); }
    .claim { margin: 1.6rem 0 0; padding-top: 1.1rem; border-top: 1px solid var(--rule); }
    .claim p { margin: 0 0 .35rem; }
    .claim .plot { margin: .5rem 0 .2rem; }
    .claim .effect, .claim .reason { color: var(--soft); font-size: .95rem; }
    .claim .reason { margin-top: .3rem; }
    blockquote { margin: 0 0 1rem; padding: 0 0 0 1.1rem; border-left: 3px solid var(--rule); }
    blockquote p { margin: 0 0 .3rem; }
    .together { white-space: nowrap; }
    #verdicts { margin-top: 2rem; }
    .remark { color: var(--soft); font-style: italic; }
    .reel { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.6rem, 1fr));
      gap: 1.1rem 1rem; margin: 1rem 0 1.4rem; }
    .reel .clip { display: block; margin: 0; }
    .reel .clip video { width: 100%; }
    .reel .clip figcaption { margin-top: .3rem; font-size: .86rem; }
    a { color: var(--c1); text-decoration-thickness: 1px; text-underline-offset: .15em; }
    .figure-files { font-size: .86rem; }
    .verdicts td, .verdicts th { vertical-align: top; }
    .verdicts .claim-name { min-width: 14rem; }
    @media (max-width: 560px) {
      .reel { grid-template-columns: repeat(2, 1fr); }
      .verdicts, .verdicts tbody, .verdicts tr, .verdicts th, .verdicts td { display: block;
        position: static; padding: 0; border: 0; }
      .verdicts thead { display: none; }
      .verdicts tr { padding: .8rem 0; border-bottom: 1px solid var(--rule); }
      .verdicts td, .verdicts th { padding: .1rem 0; text-align: left; white-space: normal; }
      .verdicts td:not(.claim-name) { display: inline-block; vertical-align: top;
        margin-right: 1rem; }
    }

    """

  /// A verdict as a word on its colour.
  static func pill(_ verdict: String) -> String {
    "<span class=\"pill \(verdict)\">\(verdict)</span>"
  }
}

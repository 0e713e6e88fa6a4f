/// The README of a challenge folder.
struct ChallengeGuide {
  private let card: ChallengeFolder.Card

  init(_ card: ChallengeFolder.Card) { self.card = card }

  var text: String {
    """
    # Continue these videos

    \(card.count) scenes of `\(card.split)`. Of every scene you see the first \
    \(card.conditionFrames) frame\(card.conditionFrames == 1 ? "" : "s"); your model shows how it \
    goes on.

    ## What is here

    - `conditions/ID.mp4`: the given frames of scene ID, lossless, \(card.size) by \(card.size) pixels
    - `conditions/ID/frame-000.png` …: the same frames as pictures
    - `ids.txt`: the ID of every scene, one a line
    - `challenge.json`: the numbers of this page for programs

    The world is a square, seen from the side, 10 units wide, on a white ground; frames are 0.1 s apart.

    ## What is wanted

    One video per scene, \(card.frames) frames 0.1 s apart: the \(card.conditionFrames) given ones \
    first, then the \(card.frames - card.conditionFrames) of your model. Call it by its ID:
    `ID.mp4`, `.gif`, `.npy`, `.npz` (an array of frames, height, width, 3; bytes, or floats 0 to 1 or
    -1 to 1) or a folder `ID` of PNGs. All scenes in one file are also read: `videos.npz` with an array
    `videos` and an array `ids`, or HDF5 with the official `video_streams`.

    Square pictures of \(card.size) pixels are best; other sizes are averaged or interpolated. A video
    of only the \(card.frames - card.conditionFrames) new frames, or one at a higher frame rate that its
    file states, is mapped too, and the evaluation says how. H.264 with 4:2:0 colour moves a ball by
    little; PNGs, arrays or lossless video move it not at all.

    ```python
    import numpy as np
    from pathlib import Path
    from PIL import Image

    Path("answers").mkdir(exist_ok=True)
    for scene in Path("ids.txt").read_text().split():
        given = [np.array(Image.open(f)) for f in sorted(Path("conditions", scene).glob("*.png"))]
        video = my_model(np.stack(given), total=\(card.frames))  # uint8 [\(card.frames), height, width, 3]
        np.save(f"answers/{scene}.npy", video)
    ```

    ## How it is scored

    Whoever gave you this folder keeps its key, and runs

        phyworld evaluate --videos answers --key KEY.json

    Given frames are never scored. Missing and unreadable videos are listed and counted. Please say with
    your answers what the model was trained on.

    """
  }
}

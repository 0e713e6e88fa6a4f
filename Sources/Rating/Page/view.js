// The parts of the page.
export const find = (selector) => document.querySelector(selector)

export function show(section) {
  for (const each of document.querySelectorAll("main > section")) each.hidden = each.id !== section
}

// Shows what is wrong; nothing takes the notice away.
export function complain(text) {
  find("#problem").textContent = text ? sentence(text) : ""
  find("#problem").hidden = !text
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".")
}

export function showProgress(rater, done, total) {
  find("#place").textContent = `${rater} · ${done} of ${total}`
  find("#track span").style.width = `${total ? 100 * done / total : 0}%`
  find("#track").setAttribute("aria-valuemax", total)
  find("#track").setAttribute("aria-valuenow", done)
}

export function addAnswers(answers, choose) {
  answers.forEach((each, number) => {
    const button = document.createElement("button")
    const cap = document.createElement("kbd")
    cap.textContent = number + 1
    button.value = each.id
    button.append(cap, each.label)
    // A button that keeps the focus would take the space bar.
    button.addEventListener("click", () => { button.blur(); choose(each.id) })
    find("#answers").append(button)
  })
}

export function addNames(names) {
  find("#name").hidden = find("#name").disabled = true
  find("#names").hidden = find("#names").disabled = false
  for (const name of names) find("#names").append(new Option(name, name))
  find("label").htmlFor = "names"
}

// ---- Videos ----

const all = { clip: find("#clip video"), truth: find("#truth video") }
const playing = () => Object.values(all).filter((video) => !video.closest("figure").hidden)

// Resolves when the video can play to the end.
export function load(side, url) {
  const video = all[side]
  return new Promise((resolve, reject) => {
    video.oncanplaythrough = resolve
    video.onerror = () => reject(new Error("The browser cannot play this clip; skip it."))
    video.src = url
  })
}

export function replay() {
  for (const video of playing()) {
    video.currentTime = 0
    video.play().catch(() => {})
  }
}

export function pause() {
  const stopped = all.clip.paused
  for (const video of playing()) stopped ? video.play().catch(() => {}) : video.pause()
}

export function showTime() {
  const { currentTime, duration } = all.clip
  find("#time span").style.width = `${duration ? 100 * Math.min(1, currentTime / duration) : 0}%`
  requestAnimationFrame(showTime)
}

// A rater's way through the clips.
import { ask, clipURL, forgetAllBut } from "/server.js"
import {
  addAnswers, addNames, complain, find, load, pause, replay, show, showProgress, showTime,
} from "/view.js"

let study = null    // title, guidance, answers, raters, showsTruth
let rater = ""
let order = []      // [{ id, answer }] in this rater's order
let at = -1         // the clip on show
let trail = []      // the clips before it, for going back
let shownAt = 0     // when it began to play; 0 while it is not ready
let busy = false    // an answer is on its way
let again = false   // all clips have answers and are looked through once more
let turn = 0        // counts what was shown, so that a late arrival is not shown

function countAnswers() {
  showProgress(rater, order.filter((each) => each.answer).length, order.length)
}

function showAnswers() {
  const given = order[at]?.answer
  for (const button of find("#answers").children) {
    button.setAttribute("aria-pressed", String(button.value === given))
    button.disabled = busy || !shownAt
  }
  find("#back").disabled = busy || trail.length === 0
  find("#skip").disabled = busy
  document.body.dataset.state = busy ? "saving" : shownAt ? "ready" : "loading"
}

async function showClip(index) {
  const mine = ++turn
  at = index
  shownAt = 0
  complain()
  show("rating")
  countAnswers()
  showAnswers()
  const { id } = order[index]
  const sides = study.showsTruth ? ["truth", "clip"] : ["clip"]
  try {
    const urls = await Promise.all(sides.map((side) => clipURL(id, side)))
    if (mine !== turn) return
    await Promise.all(sides.map((side, number) => load(side, urls[number])))
    if (mine !== turn) return
    replay()
    shownAt = performance.now()
    showAnswers()
  } catch (error) {
    if (mine === turn) complain(error.message)
    return
  }
  const next = following()
  if (next >= 0) for (const side of sides) clipURL(order[next].id, side).catch(() => {})
  forgetAllBut([id, order[next]?.id])
}

// ---- What raters do ----

// The next clip without an answer, around the end; -1 when there is none but this one.
function nextOpen() {
  for (let step = 1; step < order.length; step++) {
    const index = (at + step) % order.length
    if (!order[index].answer) return index
  }
  return -1
}

function following() {
  if (!again) return nextOpen()
  return at + 1 < order.length ? at + 1 : -1
}

function advance() {
  const next = following()
  if (next >= 0) {
    trail.push(at)
    showClip(next)
  } else if (order.every((each) => each.answer)) {
    finish()
  } else {
    complain("Every other clip has an answer; this is the last one.")
  }
}

function finish() {
  turn++
  again = false
  show("done")
  countAnswers()
  document.body.dataset.state = "done"
}

async function answer(value) {
  if (busy || !shownAt || find("#rating").hidden) return
  const clip = order[at]
  busy = true
  showAnswers()
  try {
    const seconds = (performance.now() - shownAt) / 1000
    await ask("/api/ratings", { rater, clip: clip.id, answer: value, seconds })
    clip.answer = value
    complain()
    countAnswers()
    // Long enough to see which button was taken.
    showAnswers()
    await new Promise((resolve) => setTimeout(resolve, 160))
    busy = false
    advance()
  } catch (error) {
    busy = false
    showAnswers()
    complain(error.message)
  }
}

function skip() {
  if (!busy) advance()
}

function back() {
  if (!busy && trail.length) showClip(trail.pop())
}

async function begin(name) {
  const reply = await (await ask("/api/raters", { name })).json()
  rater = reply.rater
  order = reply.clips
  trail = []
  at = -1
  sessionStorage.setItem("rater", rater)
  const open = order.findIndex((each) => !each.answer)
  open < 0 ? finish() : showClip(open)
}

// ---- Keys and buttons ----

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (find("#rating").hidden) return
  const number = "123456789".indexOf(event.key)
  const letters = { y: "obeys", n: "violates" }
  const pressed = event.key.toLowerCase()
  const choice = study.answers[number] ?? study.answers.find((each) => each.id === letters[pressed])
  if (choice) answer(choice.id)
  else if (event.key === "ArrowLeft" || event.key === "Backspace") back()
  else if (event.key === "ArrowRight" || pressed === "s") skip()
  else if (event.key === " " && event.target.tagName !== "BUTTON") pause()
  else if (pressed === "r") replay()
  else return
  event.preventDefault()
})

find("form").addEventListener("submit", async (event) => {
  event.preventDefault()
  complain()
  const field = study.raters ? find("#names") : find("#name")
  try { await begin(field.value) } catch (error) { complain(error.message) }
})
find("#back").addEventListener("click", back)
find("#skip").addEventListener("click", skip)
find("#again").addEventListener("click", () => {
  again = true
  trail = []
  showClip(0)
})

async function start() {
  try {
    study = await (await ask("/api/study")).json()
    find("#welcome h1").textContent = find("#question").textContent = study.title
    find("#welcome .guidance").textContent = study.guidance
    find("#stage").classList.toggle("pair", study.showsTruth)
    find("#truth").hidden = !study.showsTruth
    addAnswers(study.answers, answer)
    if (study.raters) addNames(study.raters)
    showTime()
    const known = sessionStorage.getItem("rater")
    if (known) return await begin(known)
  } catch (error) {
    sessionStorage.removeItem("rater")
    complain(error.message)
    if (!study) return
  }
  show("welcome")
  document.body.dataset.state = "welcome"
  if (!study.raters) find("#name").focus()
}

start()

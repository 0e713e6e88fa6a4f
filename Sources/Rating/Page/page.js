// The page of a rating study. It talks to the server that it came from and to nothing else.
const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? ""
const find = (selector) => document.querySelector(selector)
const videos = { clip: find("#clip video"), truth: find("#truth video") }

let study = null    // question, answers, raters, clips, showsTruth
let rater = ""
let order = []      // [{ id, answer }] in this rater's order
let at = -1         // the clip on show
let trail = []      // the clips before it, for going back
let shownAt = 0     // when it began to play; 0 while it is not ready
let busy = false    // an answer is on its way
let turn = 0        // counts what was shown, so that a late arrival is not shown

// ---- The server ----

async function ask(path, message) {
  const options = { headers: { "X-PhyWorld-Key": key }, cache: "no-store" }
  if (message) {
    options.method = "POST"
    options.headers["Content-Type"] = "application/json"
    options.body = JSON.stringify(message)
  }
  let reply
  try { reply = await fetch(path, options) } catch {
    throw new Error("The server does not answer. Every answer up to here is stored: " +
      "start phyworld rate again on the same port and go on here.")
  }
  if (reply.ok) return reply
  const { error } = await reply.json().catch(() => ({}))
  throw new Error(error ?? `The server answered ${reply.status}.`)
}

// Clips fetched ahead, as object URLs; the one on show and the next.
const fetched = new Map()

function clipURL(id, side) {
  const path = `/api/clips/${id}/${side}`
  if (!fetched.has(path)) {
    const arriving = ask(path).then((reply) => reply.blob()).then(URL.createObjectURL)
    arriving.catch(() => fetched.delete(path))
    fetched.set(path, arriving)
  }
  return fetched.get(path)
}

function forgetAllBut(ids) {
  for (const [path, arriving] of fetched) {
    if (ids.some((id) => path.includes(id))) continue
    fetched.delete(path)
    arriving.then(URL.revokeObjectURL, () => {})
  }
}

// ---- What is on the page ----

function show(section) {
  for (const each of document.querySelectorAll("main > section")) each.hidden = each.id !== section
}

function complain(text) {
  find("#problem").textContent = text ? sentence(text) : ""
  find("#problem").hidden = !text
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".")
}

function showProgress() {
  const done = order.filter((each) => each.answer).length
  find("#place").textContent = `${rater} · ${done} of ${order.length}`
  find("#track span").style.width = `${order.length ? 100 * done / order.length : 0}%`
  find("#track").setAttribute("aria-valuemax", order.length)
  find("#track").setAttribute("aria-valuenow", done)
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
  showProgress()
  showAnswers()
  const { id } = order[index]
  const sides = study.showsTruth ? ["truth", "clip"] : ["clip"]
  try {
    const urls = await Promise.all(sides.map((side) => clipURL(id, side)))
    if (mine !== turn) return
    await Promise.all(sides.map((side, number) => load(videos[side], urls[number])))
    if (mine !== turn) return
    replay()
    shownAt = performance.now()
    showAnswers()
  } catch (error) {
    if (mine === turn) complain(error.message)
    return
  }
  const next = nextOpen()
  if (next >= 0) for (const side of sides) clipURL(order[next].id, side).catch(() => {})
  forgetAllBut([id, order[next]?.id])
}

function load(video, url) {
  return new Promise((resolve, reject) => {
    video.oncanplay = resolve
    video.onerror = () => reject(new Error("The browser cannot play this clip; skip it."))
    video.src = url
  })
}

function playing() { return study?.showsTruth ? [videos.truth, videos.clip] : [videos.clip] }

function replay() {
  for (const video of playing()) {
    video.currentTime = 0
    video.play().catch(() => {})
  }
}

function pause() {
  const stopped = videos.clip.paused
  for (const video of playing()) stopped ? video.play().catch(() => {}) : video.pause()
}

function showTime() {
  const { currentTime, duration } = videos.clip
  find("#time span").style.width = `${duration ? 100 * Math.min(1, currentTime / duration) : 0}%`
  requestAnimationFrame(showTime)
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

function advance() {
  const next = nextOpen()
  if (next >= 0) {
    trail.push(at)
    showClip(next)
  } else if (order.every((each) => each.answer)) {
    finish()
  }
}

function finish() {
  turn++
  show("done")
  showProgress()
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
    showProgress()
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
  if (busy) return
  const next = nextOpen()
  if (next < 0) {
    advance()
    if (!find("#rating").hidden) complain("Every other clip has an answer; this is the last one.")
    return
  }
  trail.push(at)
  showClip(next)
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
find("#again").addEventListener("click", () => showClip(0))

function addAnswers() {
  study.answers.forEach((each, number) => {
    const button = document.createElement("button")
    const cap = document.createElement("kbd")
    cap.textContent = number + 1
    button.value = each.id
    button.append(cap, each.label)
    // A button that keeps the focus would take the space bar.
    button.addEventListener("click", () => { button.blur(); answer(each.id) })
    find("#answers").append(button)
  })
}

function addNames() {
  find("#name").hidden = find("#name").disabled = true
  find("#names").hidden = find("#names").disabled = false
  for (const name of study.raters) find("#names").append(new Option(name, name))
  find("label").htmlFor = "names"
}

async function start() {
  try {
    study = await (await ask("/api/study")).json()
    find("#welcome h1").textContent = find("#question").textContent = study.title
    find("#welcome .guidance").textContent = study.guidance
    find("#stage").classList.toggle("pair", study.showsTruth)
    find("#truth").hidden = !study.showsTruth
    addAnswers()
    if (study.raters) addNames()
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

// What the page asks of the server that it came from; it talks to nothing else.
const key = new URLSearchParams(location.hash.slice(1)).get("key") ?? ""

// Sends a message, or asks for what is at a path; throws an Error with a sentence for the rater.
export async function ask(path, message) {
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

// Clips by path, as object URLs: the one on show, and the next, which is fetched ahead.
const fetched = new Map()

export function clipURL(id, side) {
  const path = `/api/clips/${id}/${side}`
  if (!fetched.has(path)) {
    const arriving = ask(path).then((reply) => reply.blob()).then(URL.createObjectURL)
    arriving.catch(() => fetched.delete(path))
    fetched.set(path, arriving)
  }
  return fetched.get(path)
}

export function forgetAllBut(ids) {
  for (const [path, arriving] of fetched) {
    if (ids.some((id) => path.includes(id))) continue
    fetched.delete(path)
    arriving.then(URL.revokeObjectURL, () => {})
  }
}

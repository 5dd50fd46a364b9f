// Comfort only: every page reads and works without this file.
"use strict";

const proofWindow = document.getElementById("proof-window");
const proofRoom = document.getElementById("proof-room");
let opener = null;

// A proof opens over the page instead of in its place; with a modifier key, or when it can't be fetched, as a page.
async function openProof(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const proof = page.getElementById("proof");
  if (!proof) throw new Error("no proof");
  proofRoom.replaceChildren(document.importNode(proof, true));
  const whole = document.createElement("p");
  whole.className = "whole";
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.textContent = "Open as a page";
  whole.append(anchor);
  proofRoom.append(whole);
  if (!proofWindow.open) {
    opener = link;
    proofWindow.showModal();
  }
  proofWindow.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-proof]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!proofWindow || typeof proofWindow.showModal !== "function") return;
  event.preventDefault();
  openProof(link).catch(() => { window.location.assign(link.href); });
});

if (proofWindow) {
  proofWindow.addEventListener("click", (event) => { if (event.target === proofWindow) proofWindow.close(); });
  proofWindow.addEventListener("close", () => {
    proofRoom.replaceChildren();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  });
}

// "/" goes to the search field, as in other desks.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, dialog")) return;
  const find = document.getElementById("find");
  if (find) { event.preventDefault(); find.focus(); find.select(); }
});

// Starts GOV.UK Frontend. Every page works without it.
import { initAll } from './vendor/govuk-frontend-6.3.0/govuk-frontend.min.js';

initAll();

/** Opens what folds away the part of the page that the address names. Many browsers do so themselves. */
function unfold() {
  const part = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const folds = [];
  for (let fold = part?.closest('details'); fold; fold = fold.parentElement.closest('details')) {
    if (!fold.open) folds.push(fold);
  }
  for (const fold of folds) fold.open = true;
  if (folds.length) part.scrollIntoView();
}

/** Looks again at what is being loaded, without losing the reader's place, and goes on when it is done. */
async function watch(step) {
  const answer = await fetch(window.location.href, { credentials: 'same-origin' }).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html');
  const now = page?.querySelector('[data-watch]');
  // Whoever has no connection for a while is not thrown off the page.
  if (page && !now) window.location.reload();
  else if (now && now.textContent !== step.textContent) step.textContent = now.textContent;
  if (!page || now) setTimeout(watch, 2000, step);
}

const step = document.querySelector('[data-watch]');
if (step) setTimeout(watch, 1000, step);

unfold();
window.addEventListener('hashchange', unfold);

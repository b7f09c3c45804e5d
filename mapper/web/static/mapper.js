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

unfold();
window.addEventListener('hashchange', unfold);

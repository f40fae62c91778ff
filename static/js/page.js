// Small improvements; every page works without them.

// What there is to put right is read first, or the result of the last page; but where somebody goes
// on typing the next row, the result is announced and the focus stays in their field.
const result = document.querySelector("[autofocus]") ? "" : ", [data-focus]:not(.gallery__show *)";
document.querySelector(`.govuk-error-summary${result}`)?.focus();

// A second press on the same button sends nothing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  // A download leaves the page standing: let it be sent again after a while.
  setTimeout(() => {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-disabled");
  }, 4000);
});

// Coming back by the browser's "back" finds the form ready.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-disabled=true]")) button.removeAttribute("aria-disabled");
});

// "/" goes to the search box, as the hint on it says.
const find = document.querySelector("[data-find]");
if (find) {
  find.title = "Press / to come here";
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    }
  });
}

for (const link of document.querySelectorAll("[data-print]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    print();
  });
}

// Counting letters, showing a password and opening a follow-up question need govuk-frontend.
if (document.querySelector("[data-module^=govuk-]")) {
  const { initAll } = await import("../vendor/govuk-frontend.min.js");
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();
}

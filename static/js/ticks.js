// Ticks from the keyboard, where many are keyed in: one stop of Tab for each question, the arrow keys
// or a first letter go to a tick, the space bar ticks it. Without script each tick is a stop of Tab.
for (const group of document.querySelectorAll("[data-ticks] .govuk-checkboxes")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const first = (box) => box.labels[0].textContent.replace(/^[\s–]+/, "")[0]?.toLowerCase();

  const go = (box) => {
    for (const each of boxes) each.tabIndex = each === box ? 0 : -1;
    box.focus();
  };

  for (const box of boxes.slice(1)) box.tabIndex = -1;

  group.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      go(boxes[(at + step + boxes.length) % boxes.length]);
    } else if (event.key.length === 1 && event.key !== " ") {
      const rest = [...boxes.slice(at + 1), ...boxes.slice(0, at + 1)];
      const found = rest.find((each) => first(each) === event.key.toLowerCase());
      if (found) {
        event.preventDefault();
        event.stopPropagation();
        go(found);
      }
    }
  });
}

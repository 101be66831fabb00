(draftKey, buttons) => {
  const name = '[data-testid="stChatInputTextArea"]';
  const store = window.sessionStorage;
  for (const old of Object.keys(store)) {
    if (old.startsWith("wh-draft/") && old !== draftKey) store.removeItem(old);
  }
  if (window.whDesk) {
    document.removeEventListener("input", window.whDesk.onInput, true);
    document.removeEventListener("keydown", window.whDesk.onKey, true);
  }
  const onInput = (event) => {
    if (event.target.matches && event.target.matches(name)) {
      store.setItem(draftKey, event.target.value);
    }
  };
  const onKey = (event) => {
    const typing = event.target.matches && event.target.matches("input, textarea, select");
    const button = typing && document.querySelector(buttons[event.key] || "_");
    if (!button || button.disabled || event.repeat) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener("input", onInput, true);
  document.addEventListener("keydown", onKey, true);
  window.whDesk = { onInput, onKey };
  const draft = store.getItem(draftKey);
  const restore = (tries) => {
    const field = document.querySelector(name);
    if (!field && tries > 0) { window.setTimeout(restore, 100, tries - 1); return; }
    if (!field || field.value) return;
    const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    write.call(field, draft);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (draft) restore(30);
}

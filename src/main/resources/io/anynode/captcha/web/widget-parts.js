// The elements of a widget, for a page that has none: the same that the JSP tag writes.

/** Makes an element of a widget's, at the end of another. */
export function make(root, parent, tag, name, attributes) {
  const element = document.createElement(tag);
  element.className = `captcha-${name}`;
  element.id = `${ids(root)}-${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  parent.append(element);
  return element;
}

/** What the ids of its elements begin with. */
function ids(root) {
  const { captchaScope } = root.dataset;
  const written = root.querySelector(".captcha-id")?.id.replace(/-id$/, "");
  return written || root.id || (captchaScope ? `captcha-${captchaScope}` : "captcha");
}

/**
 * Makes the elements that a challenge needs, by their names; without what it is called and where.
 *
 * @param text gives the text of a key
 */
export function build(root, text, { kind, image, sound }) {
  const parts = {};
  const put = (parent, tag, name, attributes) =>
    (parts[name] = make(root, parent, tag, name, attributes));
  put(root, "input", "id", { type: "hidden", name: text("idParameter") });
  if (!image) {
    return parts;
  }
  const task = put(root, "div", "task", {});
  put(task, "img", "picture", { alt: text(`alt.${kind}`) });
  if (sound) {
    put(task, "audio", "sound", { controls: "", preload: "none", "aria-label": text("sound") });
    put(task, "a", "download", { download: "captcha.wav" }).textContent = text("download");
  }
  const label = put(task, "label", "label", {});
  label.textContent = text("label") || text(sound && kind === "text" ? "label.heard" : `label.${kind}`);
  label.htmlFor = put(task, "input", "answer", {
    name: text("answerParameter"),
    autocomplete: "off",
    autocapitalize: kind === "sum" ? "off" : "characters",
    spellcheck: "false",
    required: "",
  }).id;
  [task, label].forEach((part) => part.removeAttribute("id")); // which nothing refers to
  return parts;
}

// What was typed into a form is there again after its captcha was refused, also when the refusal was a
// redirect: kept in this tab from the form's way out until a page comes with it again, or ten minutes.
// Never what is secret.

const MARK = "captcha-kept ";
const LONGEST = 600_000;

const PLAIN = new Set(
  "text search email tel url number date month week time datetime-local textarea".split(" "),
);
const TICKED = new Set(["checkbox", "radio"]);
const CHOSEN = new Set(["select-one", "select-multiple"]);
const SECRET = /passw|passc|passp|^pass$|pwd|secret|token|card|cvv|cvc|^pin$|otp/i;
const SECRET_USE = /(^|\s)(off|\S*password|one-time-code|cc-\S+)(\s|$)/;

/** Keeps the fields of the form that this is in. */
export function keep(root) {
  const form = root.closest("form");
  if (form && root.dataset.captchaKeep !== "off") {
    const values = fields(form).map((field) => [field.name, field.type, read(field)]);
    store(() => sessionStorage.setItem(name(form), JSON.stringify({ at: Date.now(), values })));
  }
}

/** Gives them back, if the form was refused, and forgets them. */
export function giveBack(root, isRefused) {
  const form = root.closest("form");
  store(() => {
    const kept = form && JSON.parse(sessionStorage.getItem(name(form)));
    if (kept && isRefused && Date.now() - kept.at < LONGEST) {
      const now = fields(form);
      kept.values.forEach(([field, type, value], i) => {
        if (now[i]?.name === field && now[i].type === type && isUntouched(now[i])) {
          write(now[i], value);
        }
      });
    }
    for (const key of Object.keys(sessionStorage)) {
      if ((form && key === name(form)) || isOld(key)) {
        sessionStorage.removeItem(key);
      }
    }
  });
}

function isOld(key) {
  return key.startsWith(MARK) && Date.now() - JSON.parse(sessionStorage.getItem(key)).at > LONGEST;
}

function name(form) {
  return `${MARK}${new URL(form.getAttribute("action") ?? "", location.href).pathname} ${form.id}`;
}

/** A browser may have no storage, or no room in it: then the form is empty, as without this. */
function store(work) {
  try {
    work();
  } catch {
    return;
  }
}

function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      (PLAIN.has(field.type) || TICKED.has(field.type) || CHOSEN.has(field.type)) &&
      !SECRET.test(field.name) &&
      !SECRET_USE.test(use(field) ?? use(form) ?? "") &&
      !field.closest('[data-captcha-keep="off"]'),
  );
}

function use(element) {
  return element.getAttribute("autocomplete")?.toLowerCase();
}

function read(field) {
  if (TICKED.has(field.type)) {
    return field.checked;
  }
  return CHOSEN.has(field.type) ? [...field.options].map((option) => option.selected) : field.value;
}

/** What the server filled in comes first. */
function isUntouched(field) {
  if (TICKED.has(field.type)) {
    return field.checked === field.defaultChecked;
  }
  return CHOSEN.has(field.type) || field.value === "";
}

function write(field, value) {
  if (TICKED.has(field.type)) {
    field.checked = value;
  } else if (CHOSEN.has(field.type)) {
    value.forEach((isSelected, i) => field.options[i] && (field.options[i].selected = isSelected));
  } else {
    field.value = value;
  }
  for (const type of ["input", "change"]) {
    field.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

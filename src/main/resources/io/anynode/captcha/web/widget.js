// A form's captcha: renews it in time, solves its work, says what happens. Without this script the
// form works as well. The chapter "The widget" tells what a page may set.

import { giveBack, keep } from "./widget-kept.js";
import { build, make } from "./widget-parts.js";

/** How long before its end a challenge is renewed that nobody has begun to answer, in ms. */
const EARLY = 15_000;

/** How often in a row the widget asks by itself for what it did not get. */
const TRIES = 5;

const widgets = new WeakMap();

/** The widget of an element with data-captcha; made when first asked for, as for a page's own are. */
export function attach(root) {
  if (!widgets.has(root)) {
    widgets.set(root, new Widget(root));
  }
  return widgets.get(root);
}

class Widget {
  #root;
  #base;
  #texts = {};
  #parts = {};
  #ready;
  #ends = 0;
  #early = 0;
  #timer = 0;
  #isPresent = false;
  #isHeld = false;
  #isUnable = false;
  #isLetThrough = false;
  #sent = 0;
  #tries = 0;
  #work = "";
  #solving = null;
  #wish = null;

  constructor(root) {
    this.#root = root;
    this.#base = new URL(`${root.dataset.captcha}/`, document.baseURI);
    this.#ready = this.#start();
  }

  /**
   * Asks for a new challenge, as a script does whose form was refused.
   *
   * @param why told to the person as an error; absent for none
   */
  async renew(why) {
    await this.#ready;
    await this.#renew({ why, focus: Boolean(why) });
  }

  async #start() {
    const root = this.#root;
    const isWritten = root.querySelector(".captcha-id") !== null;
    if (!isWritten) {
      await this.#fetchTexts();
    }
    for (const name of ["error", "task", "picture", "sound", "download", "answer", "id"]) {
      this.#parts[name] = root.querySelector(`.captcha-${name}`);
    }
    this.#parts.error ??= make(root, root, "p", "error", { role: "alert" });
    root.prepend(this.#parts.error);
    this.#parts.status = make(root, root, "p", "status", { role: "status" });
    if (this.#parts.task) {
      this.#enhance();
    }
    this.#listen();
    if (isWritten) {
      // Browsers that go back, or load anew, put an old id into the field.
      const url = this.#parts.picture?.getAttribute("src") ?? root.dataset.captchaWork;
      this.#parts.id.value = /([^/]*)\.\w+$/.exec(url)[1];
      this.#offer(root.dataset.captchaWork, Number(root.dataset.captchaSeconds));
    }
    const verdict = new URLSearchParams(location.search).get("captcha-verdict");
    const refusal = this.#parts.error.textContent || this.#texts[verdict?.toLowerCase()];
    giveBack(root, Boolean(refusal));
    if (!isWritten) {
      await this.#renew({ why: refusal });
    }
    if (refusal) {
      this.#complain(refusal);
      if (!document.querySelector("[autofocus]")) {
        this.#parts.answer?.focus();
      }
    }
    const { picture } = this.#parts;
    if (picture?.complete && picture.naturalWidth === 0) {
      this.#lost();
    }
  }

  #listen() {
    const form = this.#root.closest("form");
    form?.addEventListener("focusin", () => this.#solve());
    form?.addEventListener("pointerdown", () => this.#solve());
    form?.addEventListener("submit", (event) => this.#submit(form, event), true);
    for (const type of ["pointerdown", "keydown", "visibilitychange"]) {
      document.addEventListener(type, () => {
        if (!document.hidden) {
          this.#isPresent = true;
          this.#watch();
        }
      });
    }
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) {
        this.#renew({}); // the one that is shown was sent
      }
    });
  }

  async #fetchTexts() {
    const url = new URL("widget.json", this.#base);
    const { captchaLanguage: language } = this.#root.dataset;
    if (language) {
      url.searchParams.set("language", language);
    }
    try {
      this.#texts = await (await fetch(url)).json();
    } catch {
      return; // what cannot be fetched next says more
    }
    this.#root.lang ||= this.#texts.language;
    this.#root.dir ||= this.#texts.direction;
  }

  #text(key) {
    return this.#root.getAttribute(`data-text-${key}`) ?? this.#texts[key] ?? "";
  }

  #enhance() {
    const { picture, sound, status, task } = this.#parts;
    const button = make(this.#root, task, "button", "refresh", { type: "button" });
    button.textContent = this.#text("refresh");
    button.addEventListener("click", () => {
      this.#tries = 0;
      this.#renew({ said: "refreshed", focus: true });
    });
    picture.after(button, status);
    this.#parts.refresh = button;
    picture.addEventListener("load", () => (this.#tries = 0));
    picture.addEventListener("error", () => this.#lost());
    sound?.addEventListener("error", () => this.#complain(this.#text("failed")));
  }

  /** The picture did not come: its session may be gone, or the store is at fault. */
  #lost() {
    if (this.#tries++ < TRIES) {
      this.#renew({});
    } else {
      this.#complain(this.#text("failed"));
    }
  }

  // What people are told.

  #say(text = "", state = "asked") {
    this.#parts.status.textContent = text;
    this.#root.dataset.captchaState = state;
  }

  #complain(text = "") {
    const { answer, error } = this.#parts;
    if (error.textContent !== text) {
      error.textContent = text;
    }
    if (text) {
      this.#root.removeAttribute("data-captcha-folded");
      answer?.setAttribute("aria-describedby", error.id);
    } else {
      answer?.removeAttribute("aria-describedby");
      answer?.removeAttribute("aria-invalid");
    }
  }

  // A challenge's life: asked for, shown, renewed in time.

  async #renew(wish) {
    const isBusy = this.#wish !== null; // then what went wrong meanwhile is told with that one
    this.#wish = { ...this.#wish, ...wish };
    if (isBusy) {
      return;
    }
    clearTimeout(this.#timer);
    this.#parts.refresh?.setAttribute("aria-disabled", "true");
    this.#say(this.#text("busy"), "busy");
    const { captchaScope: scope } = this.#root.dataset;
    try {
      const response = await this.#post("challenges", scope ? { scope } : {});
      if (response.ok) {
        const challenge = await response.json();
        const { said, why, focus } = this.#wish;
        this.#say(said && this.#text(said));
        this.#complain(why);
        this.#show(challenge, response.headers.get("Date"));
        if (focus) {
          this.#parts.answer?.focus();
        }
      } else {
        this.#again(this.#later(response));
      }
    } catch {
      this.#say("");
      this.#complain(this.#text("failed"));
      this.#again(5);
    } finally {
      this.#wish = null;
      this.#parts.refresh?.removeAttribute("aria-disabled");
    }
  }

  #post(path, members) {
    return fetch(new URL(path, this.#base), {
      method: "POST",
      credentials: "include",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(members),
    });
  }

  #show(challenge, date) {
    if (!this.#parts.id) {
      Object.assign(this.#parts, build(this.#root, (key) => this.#text(key), challenge));
      if (this.#parts.task) {
        this.#enhance();
      }
    }
    const { answer, download, id, picture, sound } = this.#parts;
    const url = (path) => path && new URL(path, this.#base).href;
    id.value = challenge.id;
    if (picture) {
      picture.src = url(challenge.image);
      answer.value = "";
    }
    if (sound) {
      sound.src = url(challenge.sound);
      download.href = sound.src;
    }
    const now = Date.parse(date) || Date.now(); // a visitor's clock may be wrong
    this.#offer(url(challenge.work), (Date.parse(challenge.expiresAt) - now) / 1000);
  }

  /** A challenge is there: until when, and the work that answers it as well. */
  #offer(work, seconds) {
    const wasSolving = this.#solving !== null;
    this.#work = work ?? "";
    this.#solving = null;
    this.#root.querySelector(".captcha-work")?.remove();
    this.#require(true);
    this.#ends = Date.now() + seconds * 1000;
    this.#early = Math.min(EARLY, seconds * 250);
    this.#isPresent = false;
    this.#watch();
    const isBegun = this.#root.closest("form")?.contains(document.activeElement);
    if (wasSolving || isBegun || this.#root.dataset.captchaStart === "load") {
      this.#solve();
    }
  }

  /** Asks again later, if there is a time for that, and not when what is shown still counts. */
  #again(seconds) {
    const isOver = !seconds || this.#tries++ >= TRIES;
    this.#ends = isOver ? Infinity : Math.max(this.#ends, Date.now() + seconds * 1000);
    this.#early = 0;
    this.#isPresent = true;
    this.#watch();
  }

  /** Renews what ends soon, if somebody is there; else when somebody is. */
  #watch() {
    clearTimeout(this.#timer);
    const left = this.#ends - Date.now() - (this.#parts.answer?.value ? 0 : this.#early);
    if (left > 0 && left < Infinity) {
      this.#timer = setTimeout(() => this.#watch(), left);
    } else if (left <= 0 && this.#isPresent && !document.hidden && this.#root.isConnected) {
      this.#renew({ said: "renewed" });
    }
  }

  /** Says what went wrong and when to come again; returns in how many seconds, 0 if nobody knows. */
  #later(response) {
    const seconds = Number(response.headers.get("Retry-After")) || 0;
    const reason = this.#text({ 429: "limited", 503: "unavailable" }[response.status] ?? "failed");
    const format = new Intl.RelativeTimeFormat(this.#root.lang || undefined);
    this.#say("");
    this.#complain(seconds ? `${reason} (${format.format(seconds, "second")})` : reason);
    return seconds;
  }

  // The work, and the form's end.

  #require(isRequired) {
    if (this.#parts.answer) {
      this.#parts.answer.required = isRequired;
    }
  }

  /** Has the device solve the work, once for each challenge, unless it cannot. */
  #solve() {
    if (this.#work && !this.#solving && !this.#isUnable) {
      this.#solving = this.#solved(this.#work);
    }
  }

  async #solved(work) {
    this.#require(false);
    this.#say(this.#text("working"), "working");
    try {
      const { solve } = await import(new URL("work.js", this.#base));
      const payload = await solve(work, { credentials: "include" });
      if (work === this.#work) {
        const name = this.#root.dataset.captchaField ?? this.#texts.workParameter;
        make(this.#root, this.#root, "input", "work", { type: "hidden", name }).value = payload;
        this.#say(this.#text("worked"), "solved");
        const { answer, task } = this.#parts;
        // Nothing goes away under somebody's hands.
        const isAtIt = answer?.value || task?.contains(document.activeElement);
        this.#root.toggleAttribute("data-captcha-folded", !isAtIt);
      }
    } catch (fault) {
      this.#isUnable = !fault.status;
      if (work === this.#work) {
        this.#work = "";
        this.#require(true);
        this.#root.removeAttribute("data-captcha-folded");
        this.#say("");
        if (!this.#parts.task) {
          this.#complain(this.#text("failed"));
        }
        console.warn("The captcha's work could not be solved.", fault);
      }
    }
  }

  /** Holds the form until the work is done, and has it sent once if it is sent twice at a time. */
  async #submit(form, event) {
    const isAnswered = this.#parts.answer?.value || this.#root.querySelector(".captcha-work");
    const field = this.#root.dataset.captchaResponse;
    const isTwice = this.#isHeld || Date.now() - this.#sent < 1000;
    if (!isTwice && (this.#isLetThrough || (isAnswered ? !field : !this.#solving))) {
      this.#isLetThrough = false;
      this.#sent = Date.now();
      keep(this.#root);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isTwice) {
      this.#isHeld = true;
      await this.#solving;
      if (isAnswered || this.#work) {
        this.#isLetThrough = !field || (await this.#fetchToken(field));
      } else {
        form.reportValidity();
      }
      this.#isHeld = false;
      if (this.#isLetThrough) {
        form.requestSubmit(event.submitter);
      }
    }
  }

  /** Gets a token for the server of another application, in the field that its client reads. */
  async #fetchToken(field) {
    const { answer, id } = this.#parts;
    const { captchaScope: scope } = this.#root.dataset;
    const work = this.#root.querySelector(".captcha-work")?.value;
    try {
      const response = await this.#post("answers", {
        id: id.value,
        ...(work ? { work } : { answer: answer.value }),
        ...(scope && { scope }),
      });
      const body = await response.json();
      if (response.ok) {
        const attributes = { type: "hidden", name: field };
        this.#parts.token ??= make(this.#root, this.#root, "input", "token", attributes);
        this.#parts.token.value = body.token;
        return true;
      }
      if (body.verdict && !response.headers.has("Retry-After")) {
        await this.#renew({ why: body.detail, focus: true });
      } else {
        this.#later(response);
      }
    } catch {
      this.#complain(this.#text("failed"));
    }
    return false;
  }
}

document.querySelectorAll("[data-captcha]").forEach(attach);

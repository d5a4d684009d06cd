package io.anynode.captcha.jsp;

import io.anynode.captcha.web.PageCaptcha;
import java.util.List;
import java.util.Map;

/**
 * The parts of a form's captcha in HTML. Attributes that are given take the place of a part's own.
 * A form with them works by itself; {@code widget.js} finds them by their classes.
 *
 * @param captcha the form's, in its scope
 * @param scope of the form's guard; empty for none
 * @param ids what the id of each element begins with, so that two widgets on a page share none
 */
record Widget(PageCaptcha captcha, String scope, String ids) {

  /** What the script says. */
  private static final List<String> SAID =
      List.of("refresh", "busy", "refreshed", "renewed", "failed", "limited", "unavailable");

  /** What the script says of work. */
  private static final List<String> SAID_OF_WORK = List.of("working", "worked");

  /**
   * All parts in an element of their own.
   *
   * @param label what the field is called; empty for what the challenge asks for
   * @param more attributes of that element
   */
  String whole(String label, Map<String, Object> more) {
    StartTag root = root().with("data-captcha", captcha.getPrefix());
    root.with("data-captcha-scope", scope.isEmpty() ? null : scope);
    root.with("data-captcha-seconds", captcha.getSeconds());
    SAID.forEach(key -> root.with("data-text-" + key, captcha.text(key)));
    String work = captcha.getWork();
    if (work != null) {
      root.with("data-captcha-work", work).with("data-captcha-field", captcha.getWorkParameter());
      SAID_OF_WORK.forEach(key -> root.with("data-text-" + key, captcha.text(key)));
    }
    return root.with(more)
        + error(Map.of())
        + (captcha.getKind().equals("work") ? needsScript() : task(label))
        + id(Map.of())
        + "</div>";
  }

  /** That an answer of a moment ago still counts. */
  String passed(Map<String, Object> more) {
    return root().with("data-captcha-passed", true).with(more)
        + "<p class=\"captcha-passed\">"
        + Html.escaped(captcha.text("passed"))
        + "</p></div>";
  }

  /** The widget's style and script. */
  String head(Map<String, Object> more) {
    return new StartTag("link")
            .with("rel", "stylesheet")
            .with("href", captcha.getPrefix() + "/widget.css")
        + new StartTag("script")
            .with("type", "module")
            .with("src", captcha.getPrefix() + "/widget.js")
            .with(more)
            .toString()
        + "</script>";
  }

  private StartTag root() {
    return new StartTag("div")
        .with("class", "captcha")
        .with("lang", captcha.getLanguage())
        .with("dir", captcha.getDirection());
  }

  private String task(String label) {
    return "<div class=\"captcha-task\">"
        + picture(Map.of())
        + sound()
        + new StartTag("label").with("class", "captcha-label").with("for", answerId())
        + Html.escaped(label.isEmpty() ? asked() : label)
        + "</label>"
        + field(Map.of("aria-describedby", captcha.getMessage() == null ? false : errorId()))
        + "</div>";
  }

  private String needsScript() {
    return "<noscript><p>" + Html.escaped(captcha.text("script")) + "</p></noscript>";
  }

  /** The picture. */
  String picture(Map<String, Object> more) {
    return new StartTag("img")
        .with("id", ids + "-picture")
        .with("class", "captcha-picture")
        .with("src", captcha.getImage())
        .with("alt", captcha.text("alt." + captcha.getKind()))
        .with("width", captcha.getPictureWidth())
        .with("height", captcha.getPictureHeight())
        .with(more)
        .toString();
  }

  /** The same spoken, to be heard here or elsewhere; empty if that is not offered. */
  private String sound() {
    String url = captcha.getSound();
    return url == null
        ? ""
        : new StartTag("audio")
                .with("id", ids + "-sound")
                .with("class", "captcha-sound")
                .with("src", url)
                .with("controls", true)
                .with("preload", "none")
                .with("aria-label", captcha.text("sound"))
            + "</audio>"
            + new StartTag("a")
                .with("id", ids + "-download")
                .with("class", "captcha-download")
                .with("href", url)
                .with("download", "captcha.wav")
            + Html.escaped(captcha.text("download"))
            + "</a>";
  }

  /** The field for the answer. */
  String field(Map<String, Object> more) {
    boolean isSum = captcha.getKind().equals("sum");
    return new StartTag("input")
        .with("id", answerId())
        .with("class", "captcha-answer")
        .with("name", captcha.getAnswerParameter())
        .with("autocomplete", "off")
        .with("autocapitalize", isSum ? "off" : "characters")
        .with("spellcheck", "false")
        .with("required", true)
        .with("aria-invalid", captcha.getMessage() == null ? null : "true")
        .with(more)
        .toString();
  }

  /** The hidden field that says which challenge is answered. */
  String id(Map<String, Object> more) {
    return new StartTag("input")
        .with("id", ids + "-id")
        .with("class", "captcha-id")
        .with("name", captcha.getIdParameter())
        .with("type", "hidden")
        .with("value", captcha.getId())
        .with(more)
        .toString();
  }

  /** Why the form was refused; empty if it was not. */
  String error(Map<String, Object> more) {
    String message = captcha.getMessage();
    return message == null
        ? ""
        : new StartTag("p")
                .with("id", errorId())
                .with("class", "captcha-error")
                .with("role", "alert")
                .with(more)
            + Html.escaped(message)
            + "</p>";
  }

  private String answerId() {
    return ids + "-answer";
  }

  private String errorId() {
    return ids + "-error";
  }

  private String asked() {
    boolean isHeard = captcha.getSound() != null && captcha.getKind().equals("text");
    return captcha.text(isHeard ? "label.heard" : "label." + captcha.getKind());
  }
}

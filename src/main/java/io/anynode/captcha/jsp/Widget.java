package io.anynode.captcha.jsp;

import io.anynode.captcha.web.PageCaptcha;
import java.util.Map;

/**
 * The parts of a form's captcha in HTML. Attributes that are given take the place of a part's own.
 *
 * @param captcha the form's, in its scope
 * @param ids what the id of each element begins with, so that two widgets on a page share none
 */
record Widget(PageCaptcha captcha, String ids) {

  /**
   * All parts in an element of their own.
   *
   * @param label what the field is called; empty for what the challenge asks for
   * @param more attributes of that element
   */
  String whole(String label, Map<String, Object> more) {
    return new StartTag("div").with("class", "captcha").with(more)
        + error(Map.of())
        + picture(Map.of())
        + new StartTag("label").with("for", answerId())
        + Html.escaped(label.isEmpty() ? asked() : label)
        + "</label>"
        + field(Map.of("aria-describedby", captcha.getMessage() == null ? false : errorId()))
        + id(Map.of())
        + "</div>";
  }

  /** The picture. */
  String picture(Map<String, Object> more) {
    return new StartTag("img")
        .with("id", ids + "-picture")
        .with("src", captcha.getImage())
        .with("alt", captcha.text("alt." + captcha.getKind()))
        .with(more)
        .toString();
  }

  /** The field for the answer. */
  String field(Map<String, Object> more) {
    return new StartTag("input")
        .with("id", answerId())
        .with("name", captcha.getAnswerParameter())
        .with("autocomplete", "off")
        .with("autocapitalize", "characters")
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
    return captcha.text("label." + captcha.getKind());
  }
}

package io.anynode.captcha.jsp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element's start in HTML; of two attributes with one name the later counts. */
final class StartTag {

  private final String element;
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  StartTag(String element) {
    this.element = element;
  }

  /**
   * Sets an attribute.
   *
   * @param value true for one without a value; null or false for none at all
   */
  StartTag with(String name, @Nullable Object value) {
    attributes.put(name, value == null ? false : value);
    return this;
  }

  /** Sets attributes. */
  StartTag with(Map<String, Object> more) {
    attributes.putAll(more);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder html = new StringBuilder("<").append(element);
    attributes.forEach(
        (name, value) -> {
          if (value.equals(true)) {
            html.append(' ').append(name);
          } else if (!value.equals(false)) {
            html.append(' ').append(name).append("=\"").append(Html.escaped(value)).append('"');
          }
        });
    return html.append('>').toString();
  }
}

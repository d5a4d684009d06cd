package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/** {@code <captcha:widget/>}: the message, the picture, the field with its label, and the id. */
public final class WidgetTag extends CaptchaTag {

  private String prefix = "";
  private String label = "";

  /** Sets what the ids of its elements begin with; empty for {@code captcha} and the scope. */
  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  /** Sets the field's label, as plain text; empty for what the challenge asks for. */
  public void setLabel(String label) {
    this.label = label;
  }

  @Override
  public void doTag() throws JspTagException, IOException {
    if (isNeeded()) {
      write((prefix.isEmpty() ? widget() : widget(prefix)).whole(label, more()));
    }
  }
}

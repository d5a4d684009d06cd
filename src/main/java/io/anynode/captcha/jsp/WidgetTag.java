package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/**
 * {@code <captcha:widget/>}: the message, the ways to answer, the field with its label, and the id;
 * or that an answer of a moment ago still counts; or nothing, if the form needs none.
 */
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
    Widget widget = prefix.isEmpty() ? widget() : widget(prefix);
    if (isNeeded()) {
      write(widget.whole(label, more()));
    } else if (widget.captcha().isRemembered()) {
      write(widget.passed(more()));
    }
  }
}

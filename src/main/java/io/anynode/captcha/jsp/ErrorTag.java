package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/** {@code <captcha:error/>}: why the form was refused, in a paragraph; nothing if it was not. */
public final class ErrorTag extends CaptchaTag {

  @Override
  public void doTag() throws JspTagException, IOException {
    write(widget().error(more()));
  }
}

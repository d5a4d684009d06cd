package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/** {@code <captcha:id/>}: the hidden field that says which challenge is answered. */
public final class IdTag extends CaptchaTag {

  @Override
  public void doTag() throws JspTagException, IOException {
    if (isNeeded()) {
      write(widget().id(more()));
    }
  }
}

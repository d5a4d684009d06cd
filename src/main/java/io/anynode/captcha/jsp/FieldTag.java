package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/** {@code <captcha:field/>}: the field for the answer, for a label of the page's own. */
public final class FieldTag extends CaptchaTag {

  @Override
  public void doTag() throws JspTagException, IOException {
    if (isNeeded()) {
      write(widget().field(more()));
    }
  }
}

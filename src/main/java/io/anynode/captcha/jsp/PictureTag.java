package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/** {@code <captcha:picture/>}: the picture alone. */
public final class PictureTag extends CaptchaTag {

  @Override
  public void doTag() throws JspTagException, IOException {
    if (isNeeded()) {
      write(widget().picture(more()));
    }
  }
}

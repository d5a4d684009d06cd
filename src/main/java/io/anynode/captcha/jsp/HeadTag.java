package io.anynode.captcha.jsp;

import jakarta.servlet.jsp.JspTagException;
import java.io.IOException;

/**
 * {@code <captcha:head/>}: the widget's style and script, for the page's head. Attributes go to the
 * script, such as the {@code nonce} of a page's policy.
 */
public final class HeadTag extends CaptchaTag {

  @Override
  public void doTag() throws JspTagException, IOException {
    write(widget().head(more()));
  }
}

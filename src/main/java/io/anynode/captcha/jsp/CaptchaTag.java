package io.anynode.captcha.jsp;

import io.anynode.captcha.web.PageCaptcha;
import jakarta.servlet.jsp.JspTagException;
import jakarta.servlet.jsp.PageContext;
import jakarta.servlet.jsp.tagext.DynamicAttributes;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tags have in common: the scope, and the attributes that they pass on to HTML.
 *
 * <p>A tag throws a {@link JspTagException} if the request did not come through the captcha, and an
 * {@link IllegalStateException} if the page has left before its challenge was asked for; both say
 * what to do.
 */
public abstract sealed class CaptchaTag extends SimpleTagSupport implements DynamicAttributes
    permits HeadTag, WidgetTag, PictureTag, FieldTag, IdTag, ErrorTag {

  static final String ABSENT =
      "There is no captcha in this request. Put Anynode Captcha into this application's WEB-INF/lib"
          + " (one copy: a second one in the container's folder is another library), and leave the"
          + " request attribute 'captcha' to it.";

  private final Map<String, Object> more = new LinkedHashMap<>();
  private String scope = "";

  /** Sets the scope of the form's guard; without it, none. */
  public void setScope(String scope) {
    this.scope = scope;
  }

  /**
   * Takes an attribute for the HTML element: true for one without value, null or false for none.
   */
  @Override
  public void setDynamicAttribute(@Nullable String uri, String name, @Nullable Object value) {
    more.put(name, value == null ? false : value);
  }

  /** The attributes for the HTML element. */
  final Map<String, Object> more() {
    return more;
  }

  /** The form's captcha, the ids of its elements as the scope makes them. */
  final Widget widget() throws JspTagException {
    return widget(scope.isEmpty() ? "captcha" : "captcha-" + scope);
  }

  /**
   * The form's captcha.
   *
   * @param ids what the ids of its elements begin with
   */
  final Widget widget(String ids) throws JspTagException {
    Object captcha = getJspContext().getAttribute(PageCaptcha.ATTRIBUTE, PageContext.REQUEST_SCOPE);
    if (captcha instanceof PageCaptcha page) {
      return new Widget(page.scoped(scope), scope, ids);
    }
    throw new JspTagException(ABSENT);
  }

  /** Whether the form needs an answer now; if not, the tag shows nothing. */
  final boolean isNeeded() throws JspTagException {
    return widget().captcha().isNeeded();
  }

  /** Writes into the page. */
  final void write(String html) throws IOException {
    getJspContext().getOut().print(html);
  }
}

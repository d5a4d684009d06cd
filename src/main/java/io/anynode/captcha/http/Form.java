package io.anynode.captcha.http;

import io.anynode.captcha.settings.Guard.WhenParameter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's parameters, read before the application reads them: so the encoding that its own
 * filter would set has to be set here, or its form data is lost.
 */
public final class Form {

  private final HttpServletRequest request;
  private final String encoding;

  /**
   * The parameters of a request. Nothing is read yet.
   *
   * @param encoding how a form's bytes are read when the request does not say
   */
  public Form(HttpServletRequest request, String encoding) {
    this.request = request;
    this.encoding = encoding;
  }

  /**
   * Tells whether the condition holds: of several values, one is enough; and of a form that cannot
   * be read it is not known, so that it holds.
   */
  public boolean meets(@Nullable WhenParameter condition) throws IOException {
    if (condition == null) {
      return true;
    }
    String[] values = values(condition.name());
    if (values == null) {
      return isUnreadable();
    }
    return (condition.value() == null || Arrays.asList(values).contains(condition.value()));
  }

  /** A multipart form that only the application itself will take apart: anything may be in it. */
  private boolean isUnreadable() throws IOException {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return false;
    }
    try {
      var unused = request.getParts();
      return false;
    } catch (IllegalStateException | ServletException e) {
      return true;
    }
  }

  /**
   * Takes the one value of a parameter.
   *
   * @return null if it is absent; empty, which nothing accepts, if it is given more than once
   */
  public @Nullable String single(String name) throws IOException {
    String[] values = values(name);
    if (values == null) {
      return null;
    }
    return values.length == 1 ? values[0] : "";
  }

  private String @Nullable [] values(String name) throws IOException {
    if (request.getCharacterEncoding() == null) {
      request.setCharacterEncoding(encoding);
    }
    return request.getParameterValues(name);
  }
}

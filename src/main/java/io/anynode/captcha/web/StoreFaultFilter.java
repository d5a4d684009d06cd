package io.anynode.captcha.web;

import io.anynode.captcha.http.Languages;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.session.StoreUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a fault of the session store into an honest 503, wherever it showed: in the application, in
 * a page, or when Spring Session saved after both.
 *
 * <p>So it is the outermost filter, and once a request: the dispatches inside leave it to the one
 * outside. Of the response that failed it keeps the headers that were there before the application.
 */
final class StoreFaultFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(StoreFaultFilter.class);
  private static final String INSIDE = StoreFaultFilter.class.getName();

  private final transient Languages languages;

  /**
   * The filter.
   *
   * @param languages what all answers and pages inside are written in
   */
  StoreFaultFilter(Languages languages) {
    this.languages = languages;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(INSIDE) != null) {
      chain.doFilter(request, response);
      return;
    }
    Map<String, List<String>> before = headers(response);
    request.setAttribute(INSIDE, true);
    languages.attachTo(request);
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      StoreUnavailableException fault = faultIn(e);
      if (fault == null) {
        throw e;
      }
      if (response.isCommitted()) {
        log.error(
            "A session is not saved, and its response has left already: {} ({})",
            fault.getMessage(),
            fault.reason());
        return;
      }
      log.warn("A request is answered with 503: {} ({})", fault.getMessage(), fault.reason());
      response.reset();
      before.forEach((name, values) -> restore(response, name, values));
      ShortAnswer.unavailable(request, response);
    } finally {
      request.removeAttribute(INSIDE);
    }
  }

  /** What stands before may have set it again already. */
  private static void restore(HttpServletResponse response, String name, List<String> values) {
    response.setHeader(name, values.get(0));
    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
  }

  private static Map<String, List<String>> headers(HttpServletResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : response.getHeaderNames()) {
      headers.put(name, List.copyOf(response.getHeaders(name)));
    }
    return headers;
  }

  private static @Nullable StoreUnavailableException faultIn(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof StoreUnavailableException fault) {
        return fault;
      }
    }
    return null;
  }
}

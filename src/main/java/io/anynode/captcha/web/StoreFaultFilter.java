package io.anynode.captcha.web;

import io.anynode.captcha.http.Languages;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.rate.LimitedException;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.Waiting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a fault of the session store into an honest 503, and a client's limit into a 429, wherever
 * it showed: in the application, in a page, or when Spring Session saved after both.
 *
 * <p>So it is the outermost filter, and once a request: the dispatches inside leave it to the one
 * outside. Of the response that failed it keeps the headers that were there before the application.
 */
final class StoreFaultFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(StoreFaultFilter.class);
  private static final String INSIDE = StoreFaultFilter.class.getName();

  private final transient Languages languages;
  private final transient Waiting waiting;

  /**
   * The filter.
   *
   * @param languages what all answers and pages inside are written in
   * @param waiting is told of each request
   */
  StoreFaultFilter(Languages languages, Waiting waiting) {
    this.languages = languages;
    this.waiting = waiting;
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
    waiting.begin();
    languages.attachTo(request);
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      LimitedException limited = causeIn(e, LimitedException.class);
      if (limited != null) {
        limited(limited, request, response, before);
        return;
      }
      StoreUnavailableException fault = causeIn(e, StoreUnavailableException.class);
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
      log.debug("A request is answered with 503: {} ({})", fault.getMessage(), fault.reason());
      reset(response, before);
      ShortAnswer.unavailable(request, response);
    } finally {
      waiting.end();
      request.removeAttribute(INSIDE);
    }
  }

  /** A page cannot be shown without its challenge, and gives way to an answer that says why. */
  private static void limited(
      LimitedException e,
      HttpServletRequest request,
      HttpServletResponse response,
      Map<String, List<String>> before)
      throws IOException {
    log.debug("A request is answered with 429: {}", e.getMessage());
    if (!response.isCommitted()) {
      reset(response, before);
      ShortAnswer.limited(request, response, e.limited());
    }
  }

  private static void reset(HttpServletResponse response, Map<String, List<String>> before) {
    response.reset();
    before.forEach((name, values) -> restore(response, name, values));
  }

  /** What stands before may have set it again already. */
  private static void restore(HttpServletResponse response, String name, List<String> values) {
    response.setHeader(name, values.get(0));
    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
  }

  private static Map<String, List<String>> headers(HttpServletResponse response) {
    Collection<String> names = response.getHeaderNames();
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : names) {
      headers.put(name, List.copyOf(response.getHeaders(name)));
    }
    return headers;
  }

  private static <E extends Throwable> @Nullable E causeIn(Throwable thrown, Class<E> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}

package io.anynode.captcha.bench;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Whole rounds without a network: each is a new visitor from an address of its own, who asks for a
 * challenge and its picture and sends the right answer, straight into the filters. For one thread.
 */
final class LocalRounds {

  private static final Pattern ID = Pattern.compile("\"id\" *: *\"([^\"]+)\"");
  private static final FilterChain LET_THROUGH = (request, response) -> {};

  private final Filter filter;
  private int address;

  /**
   * Rounds of one thread.
   *
   * @param filter of a node in test mode that guards {@code /login}
   * @param first the first visitor's address, as a number below 2^24
   */
  LocalRounds(Filter filter, int first) {
    this.filter = filter;
    this.address = first;
  }

  /** One round. */
  void round() throws IOException, ServletException {
    Issued issued = issue();
    expect(200, send("GET", "/captcha", "/" + issued.id() + ".png", issued.session(), null));
    expect(200, send("POST", "/login", null, issued.session(), issued.id()));
  }

  /** A challenge, and the session that it was issued to. */
  private record Issued(String id, Cookie session) {}

  /** Asks for a challenge, and leaves it open. */
  private Issued issue() throws IOException, ServletException {
    address++;
    MockHttpServletResponse issued = send("POST", "/captcha", "/challenges", null, null);
    Matcher id = ID.matcher(issued.getContentAsString());
    Cookie cookie = issued.getCookie("SESSION");
    if (!id.find() || cookie == null) {
      throw new IllegalStateException("no challenge, but " + issued.getStatus());
    }
    return new Issued(id.group(1), cookie);
  }

  /** Asks for challenges, each in a session of its own, and leaves them open. */
  void leaveOpen(int count) throws IOException, ServletException {
    for (int i = 0; i < count; i++) {
      Issued unused = issue();
    }
  }

  private MockHttpServletResponse send(
      String method,
      String servlet,
      @Nullable String info,
      @Nullable Cookie cookie,
      @Nullable String answered)
      throws IOException, ServletException {
    String path = info == null ? servlet : servlet + info;
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setServletPath(servlet);
    request.setPathInfo(info);
    request.setRemoteAddr(
        "10.%d.%d.%d".formatted(address >> 16 & 255, address >> 8 & 255, address & 255));
    if (cookie != null) {
      request.setCookies(cookie);
    }
    if (answered != null) {
      request.addParameter("captcha-id", answered);
      request.addParameter("captcha-answer", "PASSED");
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, LET_THROUGH);
    return response;
  }

  private static void expect(int status, MockHttpServletResponse response) {
    if (response.getStatus() != status || response.getHeader("Captcha-Verdict") != null) {
      throw new IllegalStateException("an answer of " + response.getStatus());
    }
  }
}

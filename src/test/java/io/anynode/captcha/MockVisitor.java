package io.anynode.captcha;

import io.anynode.captcha.session.SessionStore;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** A visitor whose requests each go through Spring Session's own filter. */
final class MockVisitor {

  private final SessionStore store;

  /** The session's, as the last response left it; null before there is one. */
  @Nullable String cookie;

  MockVisitor(SessionStore store) {
    this.store = store;
  }

  /** One request of the visitor's, with the cookie that the last response left. */
  <T extends @Nullable Object> T request(Function<HttpServletRequest, T> work) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (cookie != null) {
      request.setCookies(new Cookie("SESSION", cookie));
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    Result<T> result = new Result<>(work);
    filter(store.sessions()).doFilter(request, response, result);
    Cookie set = response.getCookie("SESSION");
    if (set != null) {
      cookie = set.getValue();
    }
    return result.values.get(0);
  }

  private static <S extends Session> SessionRepositoryFilter<S> filter(
      SessionRepository<S> sessions) {
    return new SessionRepositoryFilter<>(sessions);
  }

  private static final class Result<T extends @Nullable Object> implements FilterChain {

    private final Function<HttpServletRequest, T> work;
    private final List<T> values = new ArrayList<>();

    Result(Function<HttpServletRequest, T> work) {
      this.work = work;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      values.add(work.apply((HttpServletRequest) request));
    }
  }
}

package io.anynode.captcha.legacy;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.http.Form;
import io.anynode.captcha.http.Guards;
import io.anynode.captcha.http.Refusal;
import io.anynode.captcha.legacy.View.ViewRequest;
import io.anynode.captcha.rate.Limited;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the old captchas of an application. It belongs behind Spring Session's filter, for
 * all dispatches but INCLUDE.
 */
public final class LegacyFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(LegacyFilter.class);
  private static final String VIEW = View.class.getName();
  private static final String HELD = HeldResponse.class.getName();

  private final transient List<Source> sources;
  private final transient Map<Guard, Entry> images = new LinkedHashMap<>();
  private final transient Map<Guard, Entry> checks = new LinkedHashMap<>();
  private final transient Guards guards;
  private final transient Settings.Web settings;
  private final transient Limits limits;

  /**
   * What an application's captcha is made of.
   *
   * @param captchas makes one that asks and draws in a way of its own
   * @param limits how many answers of one client may be wrong
   * @param store where the sessions are
   * @param clock tells the time
   * @param random a source that cannot be foreseen
   * @param telemetry is told what happens
   */
  public record Parts(
      BiFunction<Maker, Pictures, Captcha> captchas,
      Limits limits,
      SessionStore store,
      Clock clock,
      RandomGenerator random,
      Telemetry telemetry) {}

  private LegacyFilter(List<Entry> entries, Settings.Web settings, Limits limits) {
    this.limits = limits;
    this.sources = entries.stream().map(Entry::source).toList();
    this.settings = settings;
    for (Entry entry : entries) {
      entry.checks().forEach(check -> checks.put(check, entry));
      entry.images().forEach(image -> images.put(image, entry));
    }
    // Among equally exact paths the earlier counts: a request that is both is a check.
    List<Guard> all = new ArrayList<>(checks.keySet());
    all.addAll(images.keySet());
    this.guards = new Guards(all);
  }

  /**
   * The filter of an application, which must have its servlets registered by then.
   *
   * @throws SettingsException if the settings do not fit the application, with every error
   */
  public static LegacyFilter of(Settings settings, ServletContext context, Parts parts) {
    List<Entry> entries = Entries.of(settings, context, parts);
    Stream<Guard> checks = entries.stream().flatMap(entry -> entry.checks().stream());
    Guards unused = Guards.checked(Stream.concat(settings.guards().stream(), checks).toList());
    return new LegacyFilter(entries, settings.web(), parts.limits());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isInside(request)) {
      chain.doFilter(request, response);
      letGo(request);
      return;
    }
    View view = viewBefore(request);
    request.setAttribute(VIEW, view);
    try {
      if (request.getDispatcherType() == DispatcherType.REQUEST) {
        first(request, response, chain, view);
      } else {
        chain.doFilter(view.of(request), response);
      }
    } finally {
      if (!request.isAsyncStarted()) {
        view.end();
        request.removeAttribute(VIEW);
      }
    }
  }

  private void first(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, View view)
      throws IOException, ServletException {
    Form form = new Form(request, settings.requestEncoding());
    Guard guard = guards.of(request, form);
    Entry image = images.get(guard);
    Entry check = checks.get(guard);
    if (guard != null && check != null) {
      check(check, guard, form, view.of(request), response, chain);
    } else if (image == null) {
      chain.doFilter(view.of(request), response);
    } else if (image.source() instanceof OwnChallenges own) {
      own.show(request, response);
    } else {
      holdBack(view.of(request), response, chain);
    }
  }

  private void check(
      Entry entry,
      Guard guard,
      Form form,
      ViewRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Limited limited = limits.failures(request);
    if (limited != null) {
      Refusal.limited(guard, limited, request, response);
      return;
    }
    Claim claim = entry.source().claim(request.inner(), form.single(entry.parameter()));
    if (claim.answered() && claim.verdict() != Verdict.PASSED) {
      limits.failed(request);
    }
    log.debug("Old captcha {}: {}", entry.name(), claim.verdict());
    boolean right = claim.verdict() == Verdict.PASSED;
    if (right || (claim.answered() && !entry.guarding())) {
      request.show(claim.shown());
      chain.doFilter(request, response);
    } else {
      Refusal.refuse(guard, claim.verdict(), request, response);
    }
  }

  private static void holdBack(ViewRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HeldResponse held = new HeldResponse(response);
    request.setAttribute(HELD, held);
    chain.doFilter(request, held);
    held.release();
  }

  /** A container may close the response at the end of a forward: a picture must leave before. */
  private static void letGo(HttpServletRequest request) throws IOException {
    if (request.getDispatcherType() == DispatcherType.FORWARD
        && request.getAttribute(HELD) instanceof HeldResponse held) {
      held.release();
    }
  }

  /** An asynchronous request goes on with what it has claimed; an error's page sees nothing. */
  private View viewBefore(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ASYNC
            && request.getAttribute(VIEW) instanceof View view
        ? view
        : new View(sources);
  }

  /** Whether this is a dispatch inside of a request that has passed here. */
  private static boolean isInside(HttpServletRequest request) {
    return request instanceof ViewRequest
        || (request instanceof HttpServletRequestWrapper wrapper
            && wrapper.isWrapperFor(ViewRequest.class));
  }
}

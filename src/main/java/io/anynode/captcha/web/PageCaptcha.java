package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Issued;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.ContextPath;
import io.anynode.captcha.http.Form;
import io.anynode.captcha.http.Languages;
import io.anynode.captcha.http.Refusal;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Offer;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.When;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page's captcha: the request attribute {@code captcha} of every request.
 *
 * <pre>{@code
 * <img src="${captcha.image}" alt="Characters to be typed">
 * <input type="hidden" name="${captcha.idParameter}" value="${captcha.id}">
 * <input name="${captcha.answerParameter}" autocomplete="off" required>
 * }</pre>
 *
 * <p>Its challenge is issued when the page first asks for {@link #getId()} or {@link #getImage()},
 * and stays the same for the rest of the request. No cache may keep a page that has one. Nothing
 * here needs escaping in HTML. For the one thread that writes the page.
 */
public final class PageCaptcha {

  /** The request attribute that holds it. */
  public static final String ATTRIBUTE = "captcha";

  private final Captcha captcha;
  private final Failures failures;
  private final Settings settings;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String scope;

  /** Those of the request's forms, which share this; null until one is asked for: few pages do. */
  private @Nullable Map<String, PageCaptcha> scoped;

  private @Nullable Issued issued;
  private @Nullable Boolean needed;

  PageCaptcha(
      Captcha captcha,
      Failures failures,
      Settings settings,
      HttpServletRequest request,
      HttpServletResponse response) {
    this(captcha, failures, settings, request, response, "", null);
  }

  private PageCaptcha(
      Captcha captcha,
      Failures failures,
      Settings settings,
      HttpServletRequest request,
      HttpServletResponse response,
      String scope,
      @Nullable Map<String, PageCaptcha> scoped) {
    this.captcha = captcha;
    this.failures = failures;
    this.settings = settings;
    this.request = request;
    this.response = response;
    this.scope = scope;
    this.scoped = scoped;
  }

  /**
   * The captcha of one form among several: {@code ${captcha.scoped('login').image}}.
   *
   * @param form the scope that the form's guard is set to
   */
  public PageCaptcha scoped(String form) {
    Map<String, PageCaptcha> all = scoped;
    if (all == null) {
      all = new HashMap<>(Map.of(scope, this));
      scoped = all;
    }
    Map<String, PageCaptcha> shared = all;
    return all.computeIfAbsent(
        form,
        name -> new PageCaptcha(captcha, failures, settings, request, response, name, shared));
  }

  /**
   * Whether the form needs an answer now, as {@code when} and {@code remember} of the guards with
   * this scope have it: {@code <c:if test="${captcha.needed}">}. A visitor who was just refused for
   * want of one needs it. The account counts if the request names it, as a forward after a failed
   * login does; else the address alone.
   */
  public boolean isNeeded() {
    Boolean known = needed;
    if (known == null) {
      known = findNeeded();
      needed = known;
    }
    return known;
  }

  /** Whether an answer of a moment ago still counts, as {@code remember} of the guards has it. */
  public boolean isRemembered() {
    return guards().stream().anyMatch(guard -> guard.remember() != null)
        && captcha.remembered().holds(request, scope);
  }

  private List<Guard> guards() {
    return settings.guards().stream().filter(guard -> guard.scope().equals(scope)).toList();
  }

  private boolean findNeeded() {
    List<Guard> guards = guards();
    if (isRemembered()) {
      return false;
    }
    if (guards.isEmpty()
        || guards.stream().anyMatch(guard -> guard.when().mode() == When.Mode.ALWAYS)) {
      return true;
    }
    try {
      Form form = new Form(request, settings.web().requestEncoding());
      if (getVerdict() != null || form.single(Refusal.VERDICT_PARAMETER) != null) {
        return true;
      }
      for (Guard guard : guards) {
        if (failures.needed(guard, request, form.single(guard.when().account()))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The challenge's id, for the form's hidden field.
   *
   * @throws IllegalStateException if the challenge is not issued yet and the page has left already
   */
  public String getId() {
    return issued().id();
  }

  /**
   * The URL of the picture, a path from the host's root; null if {@code captcha.kind} is work.
   *
   * @throws IllegalStateException if the challenge is not issued yet and the page has left already
   */
  public @Nullable String getImage() {
    return offered(Offer.PICTURE, CaptchaServlet.PNG);
  }

  /**
   * The URL of the same challenge spoken, a path from the host's root; null if {@code
   * captcha.offer} has no sound.
   *
   * @throws IllegalStateException as {@link #getImage} does
   */
  public @Nullable String getSound() {
    return offered(Offer.SOUND, CaptchaServlet.WAV);
  }

  /**
   * The URL of the proof of work that answers the same challenge, a path from the host's root; null
   * if {@code captcha.offer} has no work.
   *
   * @throws IllegalStateException as {@link #getImage} does
   */
  public @Nullable String getWork() {
    return offered(Offer.WORK, CaptchaServlet.JSON);
  }

  /** The name of the field with the proof of work. */
  public String getWorkParameter() {
    return settings.web().workParameter();
  }

  /** From when on an answer comes too late: an instant of ISO 8601, in UTC. */
  public String getExpiresAt() {
    return issued().expires().toString();
  }

  /** For how many seconds from now on it can be answered, counted by no visitor's clock. */
  public long getSeconds() {
    return settings.challenge().ttl().toSeconds();
  }

  /** The picture's width in pixels. */
  public int getPictureWidth() {
    return settings.challenge().width();
  }

  /** The picture's height in pixels. */
  public int getPictureHeight() {
    return settings.challenge().height();
  }

  /**
   * Where the endpoints are, a path from the host's root with no slash at its end: {@code <script
   * type="module" src="${captcha.prefix}/widget.js">}.
   */
  public String getPrefix() {
    return endpoint("");
  }

  /** The URL to which a script posts for a new challenge, a path from the host's root. */
  public String getChallenges() {
    return endpoint(CaptchaServlet.CHALLENGES);
  }

  /** What is asked: {@code text}, {@code sum} or {@code work}. */
  public String getKind() {
    return settings.challenge().kind().name().toLowerCase(Locale.ROOT);
  }

  /** The name of the field with the challenge's id. */
  public String getIdParameter() {
    return settings.web().idParameter();
  }

  /** The name of the field with the answer. */
  public String getAnswerParameter() {
    return settings.web().answerParameter();
  }

  /**
   * What became of the answer that was sent here: a verdict's name; null if there was none, or it
   * was for another form's scope than this one's.
   */
  public @Nullable String getVerdict() {
    return ofRefusal(Refusal.VERDICT_ATTRIBUTE);
  }

  /**
   * A sentence that tells a visitor why the answer was refused; null if it was not. A redirect is a
   * new request without a verdict, but its parameter says which sentence it is.
   */
  public @Nullable String getMessage() {
    String message = ofRefusal(Refusal.MESSAGE_ATTRIBUTE);
    return message == null && isRedirectedTo() ? ofRedirect() : message;
  }

  /** Whether a refusal of this form redirects; others' pages are not told anything by a link. */
  private boolean isRedirectedTo() {
    return guards().stream().anyMatch(guard -> guard.onFailure() instanceof Guard.Redirect);
  }

  private @Nullable String ofRedirect() {
    String verdict = request.getParameter(Refusal.VERDICT_PARAMETER);
    return Arrays.stream(Verdict.values())
        .filter(known -> known != Verdict.PASSED && known.name().equals(verdict))
        .findFirst()
        .map(Languages.of(request)::of)
        .orElse(null);
  }

  /**
   * A text of the captcha's in the visitor's language: plain, and to be escaped in HTML.
   *
   * @param key one of {@code messages.properties}
   * @throws IllegalArgumentException if there is no such key
   */
  public String text(String key) {
    return Languages.of(request).text(key);
  }

  /** The language of the texts, for HTML's {@code lang}. */
  public String getLanguage() {
    return Languages.of(request).language();
  }

  /** Which way the texts are written, for HTML's {@code dir}. */
  public String getDirection() {
    return Languages.of(request).direction();
  }

  /** Where the sessions live: {@code jdbc}, {@code redis}, {@code file} or {@code memory}. */
  public String getStore() {
    return settings.session().store().name().toLowerCase(Locale.ROOT);
  }

  /** The name of the node that writes this page. */
  public String getNode() {
    return settings.node();
  }

  private @Nullable String ofRefusal(String attribute) {
    return scope.isEmpty() || scope.equals(request.getAttribute(Refusal.SCOPE_ATTRIBUTE))
        ? (String) request.getAttribute(attribute)
        : null;
  }

  private @Nullable String offered(Offer offer, String suffix) {
    return settings.challenge().offered().contains(offer)
        ? endpoint("/" + issued().id() + suffix)
        : null;
  }

  private String endpoint(String path) {
    return ContextPath.of(request) + settings.web().prefix() + path;
  }

  private Issued issued() {
    Issued known = issued;
    if (known == null) {
      if (response.isCommitted()) {
        throw new IllegalStateException(
            "The beginning of this page has left before its captcha was asked for, so the session"
                + " that holds the challenge cannot be saved in time. Ask for ${captcha.id} at the"
                + " top of the page, or raise the buffer in its page directive.");
      }
      known = captcha.issue(request, scope);
      // A cache would show one visitor's challenge to another, whose session does not have it.
      response.setHeader("Cache-Control", "no-store");
      issued = known;
    }
    return known;
  }
}

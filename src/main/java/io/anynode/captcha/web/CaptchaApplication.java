package io.anynode.captcha.web;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.FORWARD;
import static jakarta.servlet.DispatcherType.REQUEST;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Tokens;
import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.SumMaker;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.challenge.WorkMaker;
import io.anynode.captcha.http.Guards;
import io.anynode.captcha.legacy.LegacyFilter;
import io.anynode.captcha.rate.Difficulty;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.render.Format;
import io.anynode.captcha.render.PictureDifficulty;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.render.SimpleCaptchaPictures;
import io.anynode.captcha.render.SpokenSounds;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.SharedRandom;
import io.anynode.captcha.session.Waiting;
import io.anynode.captcha.session.WrappedStore;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.Offer;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.telemetry.JmxMeters;
import io.anynode.captcha.telemetry.Meters;
import io.anynode.captcha.telemetry.TimedCalls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captcha of one web application: everything it is made of, wired by hand. */
final class CaptchaApplication implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CaptchaApplication.class);
  private static final String NAMES = "io.anynode.captcha.";

  /** Everything but INCLUDE: a container that forwards to its login page shows only that. */
  private static final EnumSet<DispatcherType> ALL = EnumSet.of(REQUEST, FORWARD, ERROR, ASYNC);

  private final Settings settings;
  private final SessionStore store;
  private final Waiting waiting;
  private final Meters meters;
  private @Nullable JmxMeters jmx;
  private final Captcha.Rules rules;
  private final Limits limits;
  private final Failures failures;
  private final Captcha captcha;
  private final LegacyFilter.Parts parts;
  private final AgreedSeal seal;
  private final Clock clock;

  /**
   * Wires an application.
   *
   * @param settings validated
   * @param backing is closed by {@link #close()}
   * @param clock tells the time
   */
  CaptchaApplication(Settings settings, SessionStore backing, Clock clock) {
    RandomGenerator random = new SharedRandom();
    Settings.Challenge asked = settings.challenge();
    Maker maker =
        switch (asked.kind()) {
          case TEXT -> new TextMaker(asked.length(), asked.caseSensitive());
          case SUM -> new SumMaker();
          case WORK -> new WorkMaker();
        };
    Pictures pictures =
        new SimpleCaptchaPictures(
            asked.width(),
            asked.height(),
            Format.PNG,
            PictureDifficulty.valueOf(asked.difficulty().name()));
    this.settings = settings;
    Meters telemetry =
        settings.metrics().prometheus() ? Meters.forPrometheus(clock) : Meters.inMemory(clock);
    this.meters = telemetry;
    this.waiting = Waiting.of(backing);
    this.store = new WrappedStore(backing, new TimedCalls(telemetry, System::nanoTime));
    this.clock = clock;
    this.seal = new AgreedSeal(settings, store, random, System::nanoTime);
    this.rules =
        new Captcha.Rules(
            asked.ttl(),
            settings.session().timeout(),
            asked.maxOpen(),
            settings.testMode(),
            NodeMark.of(settings.node()));
    // Applications over one store count apart.
    UnaryOperator<String> secretly =
        text -> seal.get().name(settings.session().cookie().path() + " " + text);
    this.limits =
        new Limits(
            settings.rates(),
            store.counters(),
            secretly,
            System::nanoTime,
            limited -> telemetry.limited(limited.policy()));
    this.failures = new Failures(store.counters(), secretly, limits);
    this.parts =
        new LegacyFilter.Parts(
            (make, draw) ->
                new Captcha(store, seal, make, draw, rules, limits, clock, random, telemetry),
            limits,
            store,
            clock,
            random,
            telemetry);
    this.captcha =
        new Captcha(
            store,
            seal,
            maker,
            pictures,
            rules,
            limits,
            clock,
            random,
            telemetry,
            asked.offered().contains(Offer.WORK)
                ? new Difficulty(settings.work(), limits, System::nanoTime)
                : null);
  }

  /** Reads the settings of an application and opens its store. */
  static CaptchaApplication open(ServletContext context) {
    File home = (File) context.getAttribute(ServletContext.TEMPDIR);
    return open(
        context, session -> SessionStores.open(session, home.toPath(), context.getClassLoader()));
  }

  /** Reads the settings of an application and opens a store for them. */
  static CaptchaApplication open(
      ServletContext context, Function<SessionSettings, SessionStore> opener) {
    Settings settings = ContainerSettings.read(context).in(context.getContextPath());
    checkCookies(settings, context);
    SessionStore store = opener.apply(settings.session());
    try {
      return new CaptchaApplication(settings, store, Clock.systemUTC());
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** Two sessions side by side need two cookies; else each would end the other. */
  private static void checkCookies(Settings settings, ServletContext context) {
    String ours = settings.session().cookie().name();
    if (settings.web().scope() == Settings.Scope.CAPTCHA
        && ours.equals(context.getSessionCookieConfig().getName())) {
      throw new SettingsException(
          List.of(
              Setting.COOKIE_NAME.key()
                  + " is '"
                  + ours
                  + "', which the application's own session cookie is called as well; set it to"
                  + " another name"));
    }
  }

  /**
   * Puts the filters before the application's own, but for those that are to come first, as one
   * sequence with the outermost first, and the endpoints beside them. From then on the
   * application's end is the end of this.
   */
  void register(ServletContext context) {
    LegacyFilter old =
        settings.legacy().isEmpty() ? null : LegacyFilter.of(settings, context, parts);
    context.addListener(new Closing());
    FiltersBefore.move(context, settings.web().filtersBefore());
    List<FilterSequence.Part> filters = new ArrayList<>();
    if (settings.testMode()) {
      log.warn(
          "captcha.test-mode is on: whoever sends the answer PASSED gets through every guard."
              + " Turn it off wherever real visitors come.");
      filters.add(new FilterSequence.Part(new TestModeFilter(), ALL));
    }
    Filter faults =
        new StoreFaultFilter(OwnMessages.read(context, settings.web().language()), waiting);
    Filter sessions = SessionFilter.over(store.sessions(), settings, rules);
    if (!settings.api().corsOrigins().isEmpty()) {
      filters.add(new FilterSequence.Part(new CorsFilter(settings), EnumSet.of(REQUEST)));
    }
    filters.add(new FilterSequence.Part(faults, ALL));
    filters.add(new FilterSequence.Part(sessions, ALL));
    filters.add(new FilterSequence.Part(new PageFilter(captcha, failures, settings), ALL));
    Filter guard =
        new CaptchaFilter(
            captcha, limits, failures, Guards.checked(settings.guards()), settings.web());
    filters.add(new FilterSequence.Part(guard, EnumSet.of(REQUEST)));
    if (old != null) {
      filters.add(new FilterSequence.Part(old, ALL));
    }
    filters.add(new FilterSequence.Part(endpoints(context), EnumSet.of(REQUEST)));
    filter(context, new FilterSequence(filters));
    jmx = JmxMeters.register(meters, context.getContextPath(), settings.node());
    if (context.getAttribute(FormLogin.VALVE) instanceof String loginPage) {
      context.setAttribute(
          FormLogin.GUARD,
          new FormLoginGuard(faults, sessions, captcha, limits, failures, settings, loginPage));
      log.info("The valve before the container's FORM login is served.");
    } else if (FormLogin.isChosenBy(context)) {
      log.warn(
          "The application uses its container's FORM login. Its POST j_security_check reaches no"
              + " filter in Tomcat, Jetty, WildFly and GlassFish, so that the captcha does not"
              + " guard it there: on Tomcat, put CaptchaValve into the application's context.xml."
              + " Open Liberty's filters see it: captcha.protect.<name>.path=/j_security_check"
              + " guards it there.");
    }
    log.info(
        "Anynode Captcha on node {}: sessions of the {} in {}, {} guarded request(s).",
        settings.node(),
        settings.web().scope().name().toLowerCase(Locale.ROOT),
        settings.session().store(),
        settings.guards().size());
  }

  @Override
  public void close() {
    if (jmx != null) {
      jmx.close();
    }
    meters.close();
    store.close();
  }

  private static void filter(ServletContext context, Filter filter) {
    FilterRegistration.Dynamic registration = context.addFilter(NAMES + "filters", filter);
    if (registration == null) {
      throw twice();
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(ALL, false, "/*");
  }

  private Filter endpoints(ServletContext context) {
    CaptchaServlet servlet = new CaptchaServlet(routes(), challenges());
    ServletRegistration.Dynamic registration = context.addServlet(NAMES + "endpoints", servlet);
    if (registration == null) {
      throw twice();
    }
    registration.setAsyncSupported(true);
    if (context.getAttribute(FormLogin.VALVE) != null) {
      registration.setServletSecurity(openToAll());
    }
    String pattern = settings.web().prefix() + "/*";
    Set<String> taken = registration.addMapping(pattern);
    if (!taken.isEmpty()) {
      throw new IllegalStateException(
          "The application has a servlet at " + pattern + "; set captcha.prefix to a free path.");
    }
    // The servlet has the path; but a front controller, or a login that guards everything, is a
    // filter that no servlet is reached through. What is mapped more exactly is the application's.
    return (request, response, chain) -> {
      if (request instanceof HttpServletRequest asked
          && asked.getServletPath().equals(settings.web().prefix())
          && asked.getPathInfo() != null) {
        servlet.service(request, response);
      } else {
        chain.doFilter(request, response);
      }
    };
  }

  private Map<String, CaptchaServlet.Route> challenges() {
    Map<String, CaptchaServlet.Route> challenges = new HashMap<>();
    challenges.put(CaptchaServlet.PNG, CaptchaServlet.read(new PictureEndpoint(captcha)));
    if (isOffered(Offer.SOUND)) {
      Endpoint sound = new SoundEndpoint(captcha, new SpokenSounds());
      challenges.put(CaptchaServlet.WAV, CaptchaServlet.read(sound));
    }
    if (isOffered(Offer.WORK)) {
      challenges.put(CaptchaServlet.JSON, CaptchaServlet.read(new WorkEndpoint(captcha)));
    }
    return challenges;
  }

  private Map<String, CaptchaServlet.Route> routes() {
    Map<String, CaptchaServlet.Route> routes = new HashMap<>();
    routes.put(
        CaptchaServlet.CHALLENGES,
        CaptchaServlet.post(new ChallengesEndpoint(captcha, failures, settings)));
    if (isOffered(Offer.PICTURE)) {
      routes.put("/image", CaptchaServlet.read(new ImageEndpoint(captcha)));
    }
    if (isOffered(Offer.WORK)) {
      routes.put("/altcha.json", CaptchaServlet.read(WorkEndpoint.issuing(captcha)));
      for (String file : WorkEndpoint.FILES) {
        routes.put("/" + file, CaptchaServlet.read(FileEndpoint.of(file)));
      }
    }
    routes.put("/widget.json", CaptchaServlet.read(new TextsEndpoint(settings.web())));
    for (String file : CaptchaServlet.FILES) {
      routes.put("/" + file, CaptchaServlet.read(FileEndpoint.of(file)));
    }
    routes.put("/health", CaptchaServlet.read(new HealthEndpoint(store, settings)));
    routes.put("/openapi.json", CaptchaServlet.read(new OpenApiEndpoint(settings)));
    if (settings.metrics().prometheus()) {
      routes.put(
          "/metrics",
          CaptchaServlet.read(new MetricsEndpoint(meters, settings.metrics().allowed())));
    }
    List<Hidden> secrets = settings.api().siteverifySecrets();
    if (!secrets.isEmpty()) {
      SessionIds ids = SessionIds.of(settings.session().cookie());
      Tokens tokens = new Tokens(store, seal, ids::isOwn, clock);
      routes.put("/answers", CaptchaServlet.post(new AnswersEndpoint(captcha, limits, tokens)));
      routes.put(
          "/siteverify",
          CaptchaServlet.post(new SiteverifyEndpoint(captcha, tokens, secrets, clock)));
    }
    return routes;
  }

  private boolean isOffered(Offer way) {
    return settings.challenge().offered().contains(way);
  }

  private static IllegalStateException twice() {
    return new IllegalStateException(
        "It is in this application already; keep one copy, in WEB-INF/lib or in the container's.");
  }

  /**
   * The login page's picture must not need a login, even if everything does: the container would
   * answer with that page, and go back to the picture after the login. By method, since Tomcat
   * takes no notice of a constraint that is open to all alone.
   */
  private static ServletSecurityElement openToAll() {
    return new ServletSecurityElement(
        Stream.of("GET", "HEAD", "POST", "OPTIONS").map(HttpMethodConstraintElement::new).toList());
  }

  /** The application ends, and nothing of this stays. */
  private final class Closing implements ServletContextListener {

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      close();
      if (Contexts.isOwn(event.getServletContext())) {
        // In a container's own folder, the drivers are others' as well, and stay.
        Drivers.deregisterThoseOf(CaptchaApplication.class.getClassLoader());
      }
    }
  }
}

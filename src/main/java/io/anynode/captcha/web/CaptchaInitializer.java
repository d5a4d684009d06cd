package io.anynode.captcha.web;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.settings.SessionSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the captcha into a web application: a container finds it by itself.
 *
 * <p>It fails closed: an application whose captcha cannot start does not start either.
 */
public final class CaptchaInitializer implements ServletContainerInitializer {

  private final Predicate<ServletContext> wanted;
  private final Function<ServletContext, CaptchaApplication> opener;

  /**
   * What a container calls: the settings come from the application's surroundings, and so does
   * whether the captcha is for this application.
   */
  public CaptchaInitializer() {
    this(Contexts::include, CaptchaApplication::open);
  }

  /**
   * For a server that brings a store of its own: all else is as in {@link #CaptchaInitializer()}.
   *
   * @param opener opens the store that the settings name, or another
   */
  public static CaptchaInitializer withStore(Function<SessionSettings, SessionStore> opener) {
    return new CaptchaInitializer(
        context -> true, context -> CaptchaApplication.open(context, opener));
  }

  /**
   * With parts of one's own.
   *
   * @param opener makes the captcha of an application
   */
  CaptchaInitializer(Function<ServletContext, CaptchaApplication> opener) {
    this(context -> true, opener);
  }

  private CaptchaInitializer(
      Predicate<ServletContext> wanted, Function<ServletContext, CaptchaApplication> opener) {
    this.wanted = wanted;
    this.opener = opener;
  }

  /**
   * Registers the filters and the endpoints, if the captcha is for this application.
   *
   * @param classes none: this initializer asks for no classes
   * @param context the application
   * @throws ServletException if the settings have errors, all of which its message lists
   */
  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    CaptchaApplication application;
    try {
      if (!wanted.test(context)) {
        return;
      }
      application = opener.apply(context);
    } catch (RuntimeException | LinkageError e) {
      throw failed(context, e);
    }
    try {
      application.register(context);
    } catch (RuntimeException | LinkageError e) {
      application.close();
      throw failed(context, e);
    }
  }

  /** Refuses every request besides: Open Liberty starts an application whose initializer failed. */
  private static ServletException failed(ServletContext context, Throwable cause) {
    ServletException failure =
        new ServletException(
            "Anynode Captcha did not start, so the application does not start without it. "
                + cause.getMessage(),
            cause);
    try {
      FilterRegistration.Dynamic closed =
          context.addFilter("anynode-captcha-not-started", new NotStartedFilter());
      if (closed != null) {
        closed.setAsyncSupported(true);
        closed.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}

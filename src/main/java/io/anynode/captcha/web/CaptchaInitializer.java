package io.anynode.captcha.web;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the captcha into a web application: a container finds it by itself.
 *
 * <p>It fails closed: an application whose captcha cannot start does not start either.
 */
public final class CaptchaInitializer implements ServletContainerInitializer {

  private final Function<ServletContext, CaptchaApplication> opener;

  /** What a container calls: the settings come from the application's surroundings. */
  public CaptchaInitializer() {
    this(CaptchaApplication::open);
  }

  /**
   * With parts of one's own.
   *
   * @param opener makes the captcha of an application
   */
  CaptchaInitializer(Function<ServletContext, CaptchaApplication> opener) {
    this.opener = opener;
  }

  /**
   * Registers the filters and the endpoints.
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
      application = opener.apply(context);
    } catch (RuntimeException e) {
      throw failed(e);
    }
    try {
      application.register(context);
    } catch (RuntimeException e) {
      application.close();
      throw failed(e);
    }
  }

  private static ServletException failed(RuntimeException cause) {
    return new ServletException(
        "Anynode Captcha did not start, so the application does not start without it. "
            + cause.getMessage(),
        cause);
  }
}

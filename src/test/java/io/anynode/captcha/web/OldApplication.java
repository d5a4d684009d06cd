package io.anynode.captcha.web;

import cn.apiclub.captcha.Captcha;
import com.google.code.kaptcha.servlet.KaptchaServlet;
import com.wf.captcha.servlet.CaptchaServlet;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.Context;

/**
 * Old applications in the shapes that are found: what draws, what checks, and what they get wrong.
 * None consumes its answer, and each answers 500 when there is none.
 */
enum OldApplication {
  KAPTCHA("/kaptcha.jpg", "kaptcha", "library=kaptcha") {
    @Override
    void install(Context context) {
      add(context, "/kaptcha.jpg", KaptchaServlet.class);
      check(
          context,
          (request, typed) ->
              required(request, "KAPTCHA_SESSION_DATE") instanceof java.util.Date
                  && required(request, "KAPTCHA_SESSION_KEY").equals(typed));
    }
  },

  EASYCAPTCHA("/captcha", "verCode", "library=easycaptcha") {
    @Override
    void install(Context context) {
      add(context, "/captcha", CaptchaServlet.class);
      check(
          context,
          (request, typed) ->
              required(request, "captcha").equals(typed.trim().toLowerCase(Locale.ROOT)));
    }
  },

  STRING_BY_JSP("/image.jsp", "checkCode", "image=/image.jsp,/other/*", "attribute=randStr") {
    @Override
    void install(Context context) {
      draw(context, "/image.jsp", "randStr", "aB3d");
      check(context, (request, typed) -> typed.equals(required(request, "randStr")));
    }
  },

  UPPER_BY_SERVLET(
      "/servlet/Code", "captcha", "image=/servlet/Code", "attribute=code", "case=upper") {
    @Override
    void install(Context context) {
      draw(context, "/servlet/Code", "code", "AB3D");
      check(
          context,
          (request, typed) -> required(request, "code").equals(typed.toUpperCase(Locale.ROOT)));
    }
  },

  INTEGER_BY_GET(
      "/user.do?method=code",
      "answer",
      "image=/user.do?method=code",
      "attribute=sum",
      "type=integer",
      "method=GET") {
    @Override
    void install(Context context) {
      draw(context, "/user.do", "sum", 17);
      check(
          context,
          (request, typed) -> (Integer) required(request, "sum") == Integer.parseInt(typed));
    }

    @Override
    HttpResponse<String> submit(Browser browser, Node node, String... namesAndValues) {
      StringBuilder query = new StringBuilder("/check?x=1");
      for (int i = 0; i < namesAndValues.length; i += 2) {
        query.append('&').append(namesAndValues[i]).append('=').append(namesAndValues[i + 1]);
      }
      return browser.get(node, query.toString());
    }
  },

  SIMPLECAPTCHA("/simple.png", "answer", "library=simplecaptcha", "image=/simple.png") {
    @Override
    void install(Context context) {
      simplecaptcha(context);
    }
  },

  SIMPLECAPTCHA_GUARDED(
      "/simple.png", "answer", "library=simplecaptcha", "mode=guard", "image=/simple.png") {
    @Override
    void install(Context context) {
      simplecaptcha(context);
    }
  },

  /** The page makes the token, and its picture is drawn from that. */
  CAGE("/page", "captcha", "library=cage") {
    @Override
    void install(Context context) {
      draw(context, "/page", "captchaToken", "cageToken");
      Application.servlet(
          context,
          "/captcha",
          (request, response) ->
              response.getWriter().print(required(request, "captchaToken").toString().length()));
      check(context, (request, typed) -> typed.equals(required(request, "captchaToken")));
    }
  },

  /** Its picture is larger than any buffer, and its answer comes after that. */
  OBSERVED_STRING("/late.jpg", "code", "mode=observe", "image=/late.jpg", "attribute=rand") {
    @Override
    void install(Context context) {
      Application.servlet(
          context,
          "/late.jpg",
          (request, response) -> {
            response.setContentType("image/jpeg");
            response.getOutputStream().write(new byte[50_000]);
            response.flushBuffer();
            response.getOutputStream().close();
            request.getSession().setAttribute("rand", "Late7");
          });
      check(context, (request, typed) -> typed.equals(required(request, "rand")));
    }
  },

  /** Ours draws and checks; the old check is gone. */
  GUARDED_IMAGE("/jcaptcha.jpg", "j_captcha", "mode=guard", "image=*.jpg") {
    @Override
    void install(Context context) {
      draw(context, "/jcaptcha.jpg", "unused", "x");
      check(context, (request, typed) -> true);
    }
  };

  /** What the old check answers with. */
  static final String WELCOME = "welcome";

  static final String WRONG = "wrong code";

  /** The URL that makes an answer. */
  final String image;

  /** The form field. */
  final String parameter;

  private final String settings;

  OldApplication(String image, String parameter, String... settings) {
    this.image = image;
    this.parameter = parameter;
    this.settings = String.join(" ", settings);
  }

  /** Adds its servlets. */
  abstract void install(Context context);

  /** The settings that have it stood in for; more may follow. */
  String[] settings(String... more) {
    return Stream.concat(
            Stream.concat(
                    Arrays.stream(settings.split(" ", -1)),
                    Stream.of("path=/check", "parameter=" + parameter))
                .map(setting -> "legacy.old." + setting),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  /** Sends the form; names and values take turns. */
  HttpResponse<String> submit(Browser browser, Node node, String... namesAndValues) {
    return browser.post(node, "/check", namesAndValues);
  }

  /** Whether a wrong answer is refused by the filter and not by the old code. */
  boolean guarded() {
    return settings.contains("mode=guard");
  }

  /** Whether the old code makes the answers. */
  boolean observed() {
    return settings.contains("library=simplecaptcha")
        || settings.contains("library=cage")
        || settings.contains("mode=observe");
  }

  /** How old code compares. */
  interface Check {
    boolean isRight(HttpServletRequest request, String typed);
  }

  void simplecaptcha(Context context) {
    Application.servlet(
        context,
        "/simple.png",
        (request, response) -> {
          Captcha captcha =
              new Captcha.Builder(200, 50).addText(() -> "Obj7ct", (text, image) -> {}).build();
          request.getSession().setAttribute(Captcha.NAME, captcha);
          response.getOutputStream().write(new byte[] {1});
        });
    check(
        context, (request, typed) -> ((Captcha) required(request, Captcha.NAME)).isCorrect(typed));
  }

  /** Registers a servlet by its class, as web.xml does; names and values take turns. */
  static void add(
      Context context,
      String pattern,
      Class<? extends HttpServlet> servlet,
      String... initParameters) {
    context.addServletContainerInitializer(
        (classes, application) -> {
          ServletRegistration.Dynamic registration =
              application.addServlet("old " + pattern, servlet.getName());
          registration.addMapping(pattern);
          for (int i = 0; i < initParameters.length; i += 2) {
            registration.setInitParameter(initParameters[i], initParameters[i + 1]);
          }
        },
        null);
  }

  static void draw(Context context, String pattern, String attribute, Object value) {
    Application.servlet(
        context,
        pattern,
        (request, response) -> {
          request.getSession().setAttribute(attribute, value);
          response.getOutputStream().write(new byte[] {1, 2, 3});
        });
  }

  void check(Context context, Check check) {
    Application.servlet(context, "/check", (request, response) -> check(check, request, response));
    Application.servlet(
        context,
        "/attributes",
        (request, response) -> response.getWriter().print(attributes(request)));
  }

  private void check(Check check, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean right = check.isRight(request, Objects.requireNonNull(request.getParameter(parameter)));
    if (request.getParameter("fail") != null) {
      throw new IllegalStateException("the old code fails after its check");
    }
    response.getWriter().print(right ? WELCOME : WRONG);
  }

  private static String attributes(HttpServletRequest request) {
    return String.join(" ", java.util.Collections.list(request.getSession().getAttributeNames()));
  }

  /** What old code does without looking: null is its 500. */
  static Object required(HttpServletRequest request, String attribute) {
    return Objects.requireNonNull(
        request.getSession().getAttribute(attribute), "the old code's NPE");
  }
}

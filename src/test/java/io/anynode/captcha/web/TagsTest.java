package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.http.Languages;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The tags, in pages that Jasper compiles. */
@TestInstance(Lifecycle.PER_CLASS)
class TagsTest {

  private static final String TAGS =
      "<%@ page session=\"false\" contentType=\"text/html; charset=UTF-8\" %>"
          + "<%@ taglib prefix=\"captcha\" uri=\"urn:anynode:captcha\" %>";

  private final Settings settings =
      Node.settings(
          "prefix=/c",
          "parameter.id=the-id",
          "parameter.answer=the-answer",
          "protect.login.path=/login",
          "protect.login.scope=login",
          "protect.login.on-failure=forward:/two.jsp",
          "protect.moved.path=/moved",
          "protect.moved.scope=moved",
          "protect.moved.on-failure=redirect:/three.jsp",
          "protect.account.path=/account/*",
          "protect.account.on-failure=forward:/one.jsp");
  private final ControlledStore store =
      new ControlledStore(new SharedMemory().open(settings.session()));
  private Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node = Node.start(settings, store, Clock.systemUTC(), TagsTest::application);
  }

  private static void application(Context context) {
    Application.install(context);
    Pages.enable(context);
    Pages.enableTags(context);
    page(
        context,
        "/one.jsp",
        "<form><input name=username aria-label=Name value=\"${captcha:escaped(param.username)}\">"
            + "<captcha:widget class=\"a b\" data-x=\"${param.x}\"/></form>");
    page(
        context,
        "/two.jsp",
        "<form><captcha:widget scope='login' label='Log <in>'/></form>"
            + "<form><captcha:widget scope='login' prefix='again'/></form>"
            + "<form><captcha:widget scope='join'/></form>"
            + "<p>${captcha:failed(captcha)} ${captcha:failed(captcha.scoped('login'))}"
            + " ${captcha:failed(captcha.scoped('join'))}</p>");
    page(
        context,
        "/parts.jsp",
        "<form><captcha:error class='alert'/><captcha:picture id='pic' alt='\"' width='150'/>"
            + "<label for='answer'>Answer</label>"
            + "<captcha:field id='answer' autofocus='${true}' required='${false}'/>"
            + "<captcha:id id='challenge'/></form>");
    page(
        context,
        "/three.jsp",
        "<form><captcha:widget scope='moved'/></form><form><captcha:widget scope='login'/></form>");
    Pages.add(
        context,
        "/head.jsp",
        TAGS
            + "<!DOCTYPE html><html lang=\"en\"><head><title>A page</title>"
            + "<captcha:head nonce='n'/></head><body></body></html>");
    page(context, "/none.jsp", "<p>${captcha:failed(captcha)}</p><captcha:error/>");
    Pages.add(
        context,
        "/late.jsp",
        TAGS
            + "<% response.flushBuffer(); try { %><captcha:widget/><% } catch ("
            + "IllegalStateException e) { out.print(e.getMessage()); } %>");
    Pages.add(
        context,
        "/absent.jsp",
        TAGS
            + "<% request.setAttribute(\"captcha\", \"the application's\"); try {"
            + " %><captcha:widget/><% } catch (jakarta.servlet.jsp.JspException e) {"
            + " out.print(e.getMessage()); } %>");
    Pages.add(
        context,
        "/failed-absent.jsp",
        TAGS
            + "<% request.removeAttribute(\"captcha\"); try {"
            + " %>${captcha:failed(captcha)}<% } catch (jakarta.el.ELException e) {"
            + " out.print(e.getCause().getMessage()); } %>");
  }

  private static void page(Context context, String path, String body) {
    Pages.add(
        context,
        path,
        TAGS
            + "<!DOCTYPE html><html lang=\"en\"><head><title>A page</title></head><body>"
            + body
            + "</body></html>");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @BeforeEach
  void visit() {
    store.comeBack();
    browser = new Browser();
  }

  @Test
  void theWidgetShowsAPictureAndItsFormPasses() {
    String page = page("/one.jsp");
    String id = id(page);
    assertThat(page)
        .contains(
            "<img id=\"captcha-picture\" class=\"captcha-picture\" src=\"/c/"
                + id
                + ".png\" alt=\"Characters to type\" width=\"200\" height=\"50\">")
        .contains("for=\"captcha-answer\">Characters that you see or hear</label>")
        .contains("src=\"/c/" + id + ".wav\" controls preload=\"none\"")
        .contains("data-captcha-work=\"/c/" + id + ".json\"")
        .contains("name=\"the-answer\" autocomplete=\"off\"")
        .contains("data-captcha=\"/c\" data-captcha-seconds=\"300\"")
        .contains("data-text-refresh=\"Try another one\"")
        .doesNotContain("role=\"alert\"");
    assertThat(browser.bytes(node, "/c/" + id + ".png").statusCode()).isEqualTo(200);
    assertThat(answer("/account/", id, Peek.answer(store, browser.sessionId(), id)).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void aRefusedFormSaysWhyAndKeepsWhatWasTyped() {
    HttpResponse<String> again =
        browser.post(node, "/account/", "the-answer", "x", "username", "\"><b>&'Ren\u00e9e");
    assertThat(again.statusCode()).isEqualTo(422);
    ValidHtml.check(again.body());
    assertThat(again.body())
        .contains("value=\"&quot;&gt;&lt;b&gt;&amp;&#39;Ren\u00e9e\"")
        .contains("<p id=\"captcha-error\" class=\"captcha-error\" role=\"alert\">")
        .contains("aria-invalid=\"true\" aria-describedby=\"captcha-error\"")
        .contains(Languages.english().of(Verdict.MISSING));
    String id = id(again.body());
    assertThat(answer("/account/", id, Peek.answer(store, browser.sessionId(), id)).body())
        .startsWith(Application.LET_THROUGH);
  }

  @Test
  void widgetsOfOnePageShareNoIds() {
    assertThat(page("/two.jsp"))
        .contains("id=\"captcha-login-answer\"")
        .contains("id=\"again-answer\"")
        .contains("id=\"captcha-join-answer\"")
        .contains("Log &lt;in&gt;</label>")
        .contains("<p>false false false</p>");
    assertThat(challenges()).isEqualTo(2);
  }

  @Test
  void onlyTheRefusedFormSaysWhy() {
    String again = browser.post(node, "/login").body();
    ValidHtml.check(again);
    assertThat(again)
        .contains("id=\"captcha-login-error\"")
        .contains("id=\"again-error\"")
        .doesNotContain("captcha-join-error")
        .contains("<p>true true false</p>");
  }

  @Test
  void thePartsTakeAttributesOfTheirElements() {
    assertThat(page("/parts.jsp"))
        .containsPattern(
            "<img id=\"pic\" class=\"captcha-picture\" src=\"/c/[^\"]+\" alt=\"&quot;\" width=\"150\"")
        .contains(
            "<input id=\"answer\" class=\"captcha-answer\" name=\"the-answer\" autocomplete=\"off\""
                + " autocapitalize=\"characters\" spellcheck=\"false\" autofocus>")
        .containsPattern(
            "<input id=\"challenge\" class=\"captcha-id\" name=\"the-id\" type=\"hidden\" value=\"[^\"]{20,}\">");
  }

  @Test
  void attributesAreEscaped() {
    assertThat(page("/one.jsp?x=%22%3E%3Cscript%3E"))
        .contains("<div class=\"a b\" lang=\"en\" dir=\"ltr\"")
        .contains(" data-x=\"&quot;&gt;&lt;script&gt;\">");
  }

  @Test
  void theHeadHasStyleAndScriptAndAsksForNoChallenge() {
    assertThat(page("/head.jsp"))
        .contains(
            "<link rel=\"stylesheet\" href=\"/c/widget.css\">"
                + "<script type=\"module\" src=\"/c/widget.js\" nonce=\"n\"></script>");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aRedirectedRefusalSaysWhyInTheFormThatRedirectsAlone() {
    HttpResponse<String> refused = browser.post(node, "/moved");
    assertThat(refused.headers().firstValue("Location"))
        .hasValue("/three.jsp?captcha-verdict=MISSING");
    String missing = Languages.english().of(Verdict.MISSING);
    assertThat(page("/three.jsp?captcha-verdict=MISSING")).containsOnlyOnce(missing);
    assertThat(page("/three.jsp?captcha-verdict=PASSED&captcha-verdict=MISSING"))
        .doesNotContain("captcha-error");
    assertThat(page("/three.jsp?captcha-verdict=%3Cb%3E")).doesNotContain("captcha-error");
    assertThat(page("/one.jsp?captcha-verdict=MISSING")).doesNotContain("captcha-error");
  }

  @Test
  void aPageThatAsksWhetherItFailedGetsNoChallenge() {
    assertThat(page("/none.jsp")).contains("<p>false</p>");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aPageThatHasLeftIsToldWhatToDo() {
    assertThat(browser.get(node, "/late.jsp").body()).contains("raise the buffer");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aPageWithoutACaptchaIsToldWhatToDo() {
    for (String page : new String[] {"/absent.jsp", "/failed-absent.jsp"}) {
      assertThat(browser.get(node, page).body()).contains("Put Anynode Captcha into");
    }
  }

  @Test
  void aPageIsUnavailableWhenTheStoreIs() {
    store.refuseSaves();
    assertThat(browser.get(node, "/one.jsp").statusCode()).isEqualTo(503);
    assertThat(browser.get(node, "/none.jsp").statusCode()).isEqualTo(200);
  }

  private String page(String path) {
    HttpResponse<String> response = browser.get(node, path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    ValidHtml.check(response.body());
    return response.body();
  }

  private long challenges() {
    return Peek.session(store, browser.sessionId()).getAttributeNames().stream()
        .filter(name -> name.startsWith(Captcha.ATTRIBUTE))
        .count();
  }

  private HttpResponse<String> answer(String path, String id, String answer) {
    return browser.post(node, path, "the-id", id, "the-answer", answer);
  }

  private static String id(String html) {
    Matcher matcher =
        Pattern.compile("name=\"the-id\" type=\"hidden\" value=\"([^\"]+)\"").matcher(html);
    assertThat(matcher.find()).as(html).isTrue();
    return matcher.group(1);
  }
}

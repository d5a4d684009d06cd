package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockServletContext;

/** Whom the captcha is for; DropinIT shows the same in a real container. */
class ContextsTest {

  @AfterEach
  void unset() {
    System.clearProperty("captcha.contexts");
  }

  @Test
  void besideTheApplicationsOwnClassesItIsForThatApplication() {
    assertThat(Contexts.include(application("/shop", Contexts.class.getClassLoader()))).isTrue();
  }

  @Test
  void itIsInAnApplicationWhereverThatIsUnpacked() throws MalformedURLException {
    assertThat(Contexts.isInApplication(at("/cache/.cache/WEB-INF/lib/captcha.jar"))).isTrue();
    assertThat(Contexts.isInApplication(at("/shop/WEB-INF/classes/"))).isTrue();
    assertThat(Contexts.isInApplication(at("/container/lib/captcha.jar"))).isFalse();
    assertThat(Contexts.isInApplication(new CodeSource(null, (CodeSigner[]) null))).isFalse();
    assertThat(Contexts.isInApplication(null)).isFalse();
  }

  private static CodeSource at(String path) throws MalformedURLException {
    return new CodeSource(new URL("file:" + path), (CodeSigner[]) null);
  }

  @Test
  void inTheContainersFolderItIsForThoseThatAreNamed() {
    System.setProperty("captcha.contexts", "/shop");
    assertThat(Contexts.include(application("/shop", another()))).isTrue();
    assertThat(Contexts.include(application("/shopping", another()))).isFalse();
    assertThat(Contexts.include(application("", another()))).isFalse();
  }

  @Test
  void inTheContainersFolderItIsForNoneWhenNoneIsNamed() {
    assertThat(Contexts.include(application("/shop", another()))).isFalse();
    assertThat(Contexts.include(application("", another()))).isFalse();
  }

  @Test
  void pathsAreTakenAsPeopleWriteThem() {
    assertThat(Contexts.named("/shop, forum/ ,/a/b")).containsOnly("/shop", "/forum", "/a/b");
  }

  @Test
  void theRootIsASlashOrNothing() {
    assertThat(Contexts.named("/")).containsOnly("");
    assertThat(Contexts.named(",/shop")).containsOnly("", "/shop");
  }

  @Test
  void aBlankListNamesNone() {
    assertThat(Contexts.named(" ")).isEmpty();
  }

  private static ClassLoader another() {
    return new URLClassLoader(new URL[0], Contexts.class.getClassLoader());
  }

  private static MockServletContext application(String path, ClassLoader loader) {
    MockServletContext context =
        new MockServletContext() {
          @Override
          public ClassLoader getClassLoader() {
            return loader;
          }
        };
    context.setContextPath(path);
    return context;
  }
}

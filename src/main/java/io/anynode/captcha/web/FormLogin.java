package io.anynode.captcha.web;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's own FORM login, which most containers handle before any filter. What stands before
 * it in the container meets this library by attributes of the servlet context, and by types that
 * every class loader has: each side may come from a jar of its own.
 */
public final class FormLogin {

  /** How the path of a login ends, as the Servlet specification says (13.6.3). */
  public static final String ACTION = "/j_security_check";

  /**
   * Set by what stands before the login, before the application starts: the login page, a path of
   * the application; empty if it is not known.
   */
  public static final String VALVE = "io.anynode.captcha.form-login.valve";

  /**
   * Set by this library if {@link #VALVE} is: a {@link jakarta.servlet.Filter} that calls its chain
   * for a right answer, with the container's own request, and else answers.
   */
  public static final String GUARD = "io.anynode.captcha.form-login.guard";

  private static final Logger log = LoggerFactory.getLogger(FormLogin.class);

  private FormLogin() {}

  /** Tells whether an application's web.xml chooses FORM login. */
  static boolean isChosenBy(ServletContext context) {
    try (InputStream xml = context.getResourceAsStream("/WEB-INF/web.xml")) {
      return xml != null && isChosenIn(xml);
    } catch (IOException | XMLStreamException e) {
      log.debug("WEB-INF/web.xml cannot be read for its login-config.", e);
      return false;
    }
  }

  private static boolean isChosenIn(InputStream webXml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // old ones name one, on the network
    XMLStreamReader reader = factory.createXMLStreamReader(webXml);
    while (reader.hasNext()) {
      if (reader.next() == START_ELEMENT && reader.getLocalName().equals("auth-method")) {
        return reader.getElementText().strip().equals("FORM");
      }
    }
    return false;
  }
}

package shop;

import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** Spring Security's own way to put its filters before all others. */
public class Start extends AbstractSecurityWebApplicationInitializer {

  public Start() {
    super(Security.class);
  }
}

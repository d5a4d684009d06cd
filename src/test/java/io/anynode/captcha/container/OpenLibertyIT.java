package io.anynode.captcha.container;

import org.junit.jupiter.api.Tag;

/** The contract in a container that the profile "containers" brings. */
@Tag("containers")
class OpenLibertyIT extends ContainerContract {

  @Override
  Distribution distribution() {
    return new OpenLiberty();
  }
}

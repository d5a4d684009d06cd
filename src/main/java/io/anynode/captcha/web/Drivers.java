package io.anynode.captcha.web;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JDBC drivers register themselves with the JVM, which then keeps their class loader for ever. */
final class Drivers {

  private static final Logger log = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  /** Deregisters the drivers that this class loader itself has loaded, and no one else's. */
  static void deregisterThoseOf(ClassLoader loader) {
    // Asking for the drivers loads this loader's copy of each that another application registered,
    // which registers itself too late for that answer; the second answer has them.
    deregister(loader);
    deregister(loader);
  }

  private static void deregister(ClassLoader loader) {
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == loader) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          log.warn("The driver {} stays registered.", driver.getClass().getName(), e);
        }
      }
    }
  }
}

/**
 * Counts what happens, and shows it to the tools that people have: Prometheus and JMX. No other
 * room knows Micrometer.
 */
@NullMarked
package io.anynode.captcha.telemetry;

import org.jspecify.annotations.NullMarked;

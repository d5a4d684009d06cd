/** What is measured: an embedded Tomcat in a process of its own, with a login behind a captcha. */
@NullMarked
package io.anynode.captcha.bench.node;

import org.jspecify.annotations.NullMarked;

/** The pages in a real browser, on real workers. */
@NullMarked
package io.anynode.captcha.browser;

import org.jspecify.annotations.NullMarked;

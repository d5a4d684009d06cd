/** The servlet side: the filters, the endpoints, and the initializer that puts them in place. */
@NullMarked
package io.anynode.captcha.web;

import org.jspecify.annotations.NullMarked;

/** The Redis store on real servers. */
@NullMarked
package io.anynode.captcha.session.redis;

import org.jspecify.annotations.NullMarked;

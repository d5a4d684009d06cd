/**
 * Where sessions live: {@link io.anynode.captcha.session.SessionStore} is a Spring Session
 * repository and the claim beside it. Each backing has a folder of its own, and only that folder
 * imports its client library.
 */
@NullMarked
package io.anynode.captcha.session;

import org.jspecify.annotations.NullMarked;

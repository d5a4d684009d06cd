/**
 * The web side: the filters that stand before an application, the endpoints, and the initializer
 * that puts them there.
 *
 * <p>{@link io.anynode.captcha.web.CaptchaInitializer} is what a container finds. Everything else
 * is wired by hand in one class, {@code CaptchaApplication}, in the order in which a request meets
 * it: the store's faults, Spring Session, the page's own captcha, the guards, the old captchas.
 */
@NullMarked
package io.anynode.captcha.web;

import org.jspecify.annotations.NullMarked;

package io.anynode.captcha.legacy;

import io.anynode.captcha.settings.Guard;
import java.util.List;

/**
 * One old captcha.
 *
 * @param name its name in the settings
 * @param guarding whether what was typed is compared here, and not by the old code alone
 * @param parameter the form field that carries the answer
 * @param images the requests for its picture
 * @param checks the requests in which the old code checks
 * @param source where the answers come from
 */
record Entry(
    String name,
    boolean guarding,
    String parameter,
    List<Guard> images,
    List<Guard> checks,
    Source source) {}

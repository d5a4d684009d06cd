/** Sessions in this node's memory: for one node, and for tests. */
@NullMarked
package io.anynode.captcha.session.memory;

import org.jspecify.annotations.NullMarked;

/** The Redis that the registry brings with it. */
@NullMarked
package dev.aicore.discovery.embedded.redis;

import org.jspecify.annotations.NullMarked;

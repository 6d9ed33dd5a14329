/** The shared cache: what is kept in Redis, under which keys, and the connections to it. Never the source of truth. */
@NullMarked
package dev.aicore.discovery.readmodel.redis;

import org.jspecify.annotations.NullMarked;

/** The event store's append by itself, beside the designs that were not taken. */
@NullMarked
package dev.aicore.discovery.bench.store;

import org.jspecify.annotations.NullMarked;

/** The design that was not taken, to compare with: an aggregate and an event for each instance, on the framework's own engine. */
@NullMarked
package dev.aicore.discovery.bench.writes.naive;

import org.jspecify.annotations.NullMarked;

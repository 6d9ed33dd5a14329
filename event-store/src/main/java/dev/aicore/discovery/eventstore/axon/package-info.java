/** Axon's parts as beans, defined by hand: left to itself it falls back to ones that keep nothing. */
@NullMarked
package dev.aicore.discovery.eventstore.axon;

import org.jspecify.annotations.NullMarked;

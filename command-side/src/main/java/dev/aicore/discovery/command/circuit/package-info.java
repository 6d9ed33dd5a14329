/** What callers report of instances, for the circuit breakers in front of them. */
@NullMarked
package dev.aicore.discovery.command.circuit;

import org.jspecify.annotations.NullMarked;

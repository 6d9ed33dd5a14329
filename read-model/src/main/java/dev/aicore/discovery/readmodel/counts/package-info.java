/** Wires the stores of picks, denials and discoveries, which the query side counts and writes by the minute. */
@NullMarked
package dev.aicore.discovery.readmodel.counts;

import org.jspecify.annotations.NullMarked;

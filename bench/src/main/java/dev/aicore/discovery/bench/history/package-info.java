/** What asking of the past, rebuilding and verifying cost, with much of a past. */
@NullMarked
package dev.aicore.discovery.bench.history;

import org.jspecify.annotations.NullMarked;

/**
 * Picks one instance out of many, without ordering all of them as the registry does: pure functions of candidates,
 * without I/O and clock. Hashes of keys and ranges of versions are those of the module {@code balancing}, so that a key
 * finds the same instance here and there.
 */
@NullMarked
package dev.aicore.discovery.client.balancing;

import org.jspecify.annotations.NullMarked;

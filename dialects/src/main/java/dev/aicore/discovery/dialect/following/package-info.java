/**
 * Follows the changes of the whole registry, for protocols that answer many clients from one state in memory.
 *
 * <pre>{@code
 * RegistrySnapshotService --> RegistryFollower --> last snapshot
 *                                  |
 *                                  +--> listeners
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.following;

import org.jspecify.annotations.NullMarked;

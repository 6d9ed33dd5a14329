/**
 * Decides the observations of a bundle again under other settings, and compares who would have been discovered with who
 * was. The shards decide with the policies of the command side, and discovery with those of balancing.
 *
 * <pre>{@code
 * BundleEvents -> ReplayedShard (per shard) -> DiscoveryTrack (per side and service) -> WhatIfResult -> WhatIfPicture
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.whatif;

import org.jspecify.annotations.NullMarked;

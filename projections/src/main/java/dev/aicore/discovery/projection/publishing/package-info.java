/** Tells the rest of the world, after the commit, which services have changed: by documents in Redis, or by NOTIFY. */
@NullMarked
package dev.aicore.discovery.projection.publishing;

import org.jspecify.annotations.NullMarked;

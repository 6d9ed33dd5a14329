/** How events, snapshots and tokens are written: by wire names and revisions, never by class names. */
@NullMarked
package dev.aicore.discovery.config.eventstore.wire;

import org.jspecify.annotations.NullMarked;

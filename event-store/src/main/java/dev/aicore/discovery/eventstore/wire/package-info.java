/** How events, snapshots and tokens are written: by wire names and revisions, never by class names. */
@NullMarked
package dev.aicore.discovery.eventstore.wire;

import org.jspecify.annotations.NullMarked;

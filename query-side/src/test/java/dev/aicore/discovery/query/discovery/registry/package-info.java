/** Tests of the snapshot of the whole registry. */
@NullMarked
package dev.aicore.discovery.query.discovery.registry;

import org.jspecify.annotations.NullMarked;

/** Stops asking a store that doesn't answer. */
@NullMarked
package dev.aicore.discovery.query.fuse;

import org.jspecify.annotations.NullMarked;

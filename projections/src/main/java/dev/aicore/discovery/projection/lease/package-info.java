/** When instances were last heard. */
@NullMarked
package dev.aicore.discovery.projection.lease;

import org.jspecify.annotations.NullMarked;

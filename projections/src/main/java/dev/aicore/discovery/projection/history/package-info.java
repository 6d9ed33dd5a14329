/** Who did what to which instance, when and why. */
@NullMarked
package dev.aicore.discovery.projection.history;

import org.jspecify.annotations.NullMarked;

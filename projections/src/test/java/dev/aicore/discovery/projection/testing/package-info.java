/** Provides facts to fold, and a real store to fold them from. */
@NullMarked
package dev.aicore.discovery.projection.testing;

import org.jspecify.annotations.NullMarked;

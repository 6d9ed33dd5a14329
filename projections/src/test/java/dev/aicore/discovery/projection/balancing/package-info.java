/** Tests of the folds of pick statistics. */
@NullMarked
package dev.aicore.discovery.projection.balancing;

import org.jspecify.annotations.NullMarked;

/** Tests of the folds of pick statistics. */
@NullMarked
package dev.aicore.discovery.projection.discovery;

import org.jspecify.annotations.NullMarked;

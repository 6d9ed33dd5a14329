/** Tests of the folds of configurations. */
@NullMarked
package dev.aicore.discovery.projection.configuration;

import org.jspecify.annotations.NullMarked;

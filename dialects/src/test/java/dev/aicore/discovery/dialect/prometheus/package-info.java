/** Tests of the targets for Prometheus. */
@NullMarked
package dev.aicore.discovery.dialect.prometheus;

import org.jspecify.annotations.NullMarked;

/** Tests of what facts do to the statistics of balancing. */
@NullMarked
package dev.aicore.discovery.projection.configuration;

import org.jspecify.annotations.NullMarked;

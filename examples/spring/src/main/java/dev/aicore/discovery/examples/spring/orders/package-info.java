/** The service that calls. */
@NullMarked
package dev.aicore.discovery.examples.spring.orders;

import org.jspecify.annotations.NullMarked;

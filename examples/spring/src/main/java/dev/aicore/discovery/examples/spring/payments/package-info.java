/** The service that is called. */
@NullMarked
package dev.aicore.discovery.examples.spring.payments;

import org.jspecify.annotations.NullMarked;

/** Two services that find each other: orders call payments by name. */
@NullMarked
package dev.aicore.discovery.examples.spring;

import org.jspecify.annotations.NullMarked;

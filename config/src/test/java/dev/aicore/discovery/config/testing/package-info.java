/** Fixtures that the tests of all modules use. */
@NullMarked
package dev.aicore.discovery.config.testing;

import org.jspecify.annotations.NullMarked;

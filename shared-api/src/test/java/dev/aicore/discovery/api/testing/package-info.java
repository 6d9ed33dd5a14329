/** Random values with their seeds, and builders of facts, for the tests of all modules. */
@NullMarked
package dev.aicore.discovery.api.testing;

import org.jspecify.annotations.NullMarked;

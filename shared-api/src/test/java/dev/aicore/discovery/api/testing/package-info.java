/** Random values and their seeds, for the tests of all modules. */
@NullMarked
package dev.aicore.discovery.api.testing;

import org.jspecify.annotations.NullMarked;

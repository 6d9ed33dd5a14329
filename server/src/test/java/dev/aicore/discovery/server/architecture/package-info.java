/** Verifies the architecture rules, with a class that breaks each of them. */
@NullMarked
package dev.aicore.discovery.server.architecture;

import org.jspecify.annotations.NullMarked;

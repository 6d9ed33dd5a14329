/** Verifies the architecture and style rules, with a source that breaks each of them. */
@NullMarked
package dev.aicore.discovery.server.architecture;

import org.jspecify.annotations.NullMarked;

/** What the architecture forbids, and for each rule a class that breaks it. */
@NullMarked
package dev.aicore.discovery.server.architecture;

import org.jspecify.annotations.NullMarked;

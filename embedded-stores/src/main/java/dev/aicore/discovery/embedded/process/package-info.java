/** What every server that runs as our child needs. */
@NullMarked
package dev.aicore.discovery.embedded.process;

import org.jspecify.annotations.NullMarked;

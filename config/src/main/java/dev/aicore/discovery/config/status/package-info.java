/** How the parts of a node tell whether they are ready and how they are: each declares beans, and the status routes collect them. */
@NullMarked
package dev.aicore.discovery.config.status;

import org.jspecify.annotations.NullMarked;

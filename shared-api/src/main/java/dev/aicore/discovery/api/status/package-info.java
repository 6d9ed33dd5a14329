/** How the registry itself is. */
@NullMarked
package dev.aicore.discovery.api.status;

import org.jspecify.annotations.NullMarked;

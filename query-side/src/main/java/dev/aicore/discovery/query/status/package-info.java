/** How the registry itself is. */
@NullMarked
package dev.aicore.discovery.query.status;

import org.jspecify.annotations.NullMarked;

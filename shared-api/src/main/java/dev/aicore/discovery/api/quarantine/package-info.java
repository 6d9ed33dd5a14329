/** What happens to rows of the store that can't be read. */
@NullMarked
package dev.aicore.discovery.api.quarantine;

import org.jspecify.annotations.NullMarked;

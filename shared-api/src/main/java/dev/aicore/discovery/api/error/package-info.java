/** What the registry answers when it refuses: stable codes, and the offending values. */
@NullMarked
package dev.aicore.discovery.api.error;

import org.jspecify.annotations.NullMarked;

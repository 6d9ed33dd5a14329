/** What happens to the read models themselves. */
@NullMarked
package dev.aicore.discovery.api.deadletter;

import org.jspecify.annotations.NullMarked;

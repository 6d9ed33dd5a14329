/** What happens to the read models themselves. */
@NullMarked
package dev.aicore.discovery.api.readmodel;

import org.jspecify.annotations.NullMarked;

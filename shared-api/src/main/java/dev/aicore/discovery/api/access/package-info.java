/** Keys by which callers say who they are. */
@NullMarked
package dev.aicore.discovery.api.access;

import org.jspecify.annotations.NullMarked;

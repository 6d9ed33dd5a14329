/** Read models built anew from the store, and compared with it, while the old ones serve. */
@NullMarked
package dev.aicore.discovery.projection.rebuild;

import org.jspecify.annotations.NullMarked;

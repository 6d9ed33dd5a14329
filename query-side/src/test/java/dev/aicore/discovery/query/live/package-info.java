/** Tests the feed of this process's own appends. */
@NullMarked
package dev.aicore.discovery.query.live;

import org.jspecify.annotations.NullMarked;

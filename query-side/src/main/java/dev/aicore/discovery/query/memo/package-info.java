/** What is made of something that was read, once for all who ask for the same. */
@NullMarked
package dev.aicore.discovery.query.memo;

import org.jspecify.annotations.NullMarked;

/** What is registered, now and at every position before. */
@NullMarked
package dev.aicore.discovery.projection.instance;

import org.jspecify.annotations.NullMarked;

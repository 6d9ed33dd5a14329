/** Instances one by one and in lists. */
@NullMarked
package dev.aicore.discovery.query.instance;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.aicore.discovery.query.cache;

import org.jspecify.annotations.NullMarked;

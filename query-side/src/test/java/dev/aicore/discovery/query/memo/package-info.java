@NullMarked
package dev.aicore.discovery.query.memo;

import org.jspecify.annotations.NullMarked;

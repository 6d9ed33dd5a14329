@NullMarked
package dev.aicore.discovery.query.diff;

import org.jspecify.annotations.NullMarked;

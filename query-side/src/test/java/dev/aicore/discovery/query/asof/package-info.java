@NullMarked
package dev.aicore.discovery.query.asof;

import org.jspecify.annotations.NullMarked;

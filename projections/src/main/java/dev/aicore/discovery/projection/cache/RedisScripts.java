package dev.aicore.discovery.projection.cache;

import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** Lua scripts, which Redis executes atomically. A key of another type than a hash counts as a missing one. */
final class RedisScripts {

    /** Number of values that {@link #PAGE} returns for a document: its key and the fields of its header. */
    static final int VALUES_OF_DOCUMENT = 5;

    /** Returns the epoch of this store; stores a new one if there is none, or that of another store. */
    static final RedisScript<List<String>> CLAIM = returningList("""
            local epoch = redis.pcall('HMGET', KEYS[1], 'store', 'mark', 'position', 'at')
            if epoch[1] == ARGV[1] and epoch[2] and epoch[3] and epoch[4] then
                return epoch
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'store', ARGV[1], 'mark', ARGV[2], 'position', ARGV[3], 'at', ARGV[4])
            return ARGV
            """);

    /** Moves the epoch's position forward; returns 0 if the epoch was replaced, 1 otherwise. */
    static final RedisScript<Long> CONFIRM = RedisScript.of("""
            local store, mark, position = unpack(redis.pcall('HMGET', KEYS[1], 'store', 'mark', 'position'))
            if store ~= ARGV[1] or mark ~= ARGV[2] then
                return 0
            end
            if tonumber(position) <= tonumber(ARGV[3]) then
                redis.call('HSET', KEYS[1], 'position', ARGV[3], 'at', ARGV[4])
            end
            return 1
            """, Long.class);

    /**
     * Writes a document and announces it, and returns 1. Returns 0 if a newer document is stored, or all documents were
     * compared at a later position; -1 if there is no epoch of this store.
     */
    static final RedisScript<Long> WRITE = RedisScript.of("""
            local position = tonumber(ARGV[3])
            local store, compared = unpack(redis.pcall('HMGET', KEYS[2], 'store', 'position'))
            if store ~= ARGV[1] then
                return -1
            end
            local kept, reached = unpack(redis.pcall('HMGET', KEYS[1], 'store', 'position'))
            local newest = tonumber(compared)
            if kept == store then
                newest = math.max(newest, tonumber(reached))
            end
            if position < newest then
                return 0
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'store', ARGV[1], 'mark', ARGV[2], 'position', ARGV[3], 'at', ARGV[4])
            if ARGV[5] ~= '' then
                redis.call('HSET', KEYS[1], 'instances', ARGV[5])
            end
            if ARGV[6] ~= '0' then
                redis.call('PEXPIRE', KEYS[1], ARGV[6])
            end
            redis.call('PUBLISH', ARGV[7], ARGV[8])
            return 1
            """, Long.class);

    /**
     * Returns the cursor of the next page, and then for each document of this page its key and the fields of its
     * header.
     */
    static final RedisScript<List<String>> PAGE = returningList("""
            local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
            local values = {page[1]}
            for _, key in ipairs(page[2]) do
                values[#values + 1] = key
                local header = redis.pcall('HMGET', key, 'store', 'mark', 'position', 'at')
                for field = 1, 4 do
                    values[#values + 1] = header[field] or ''
                end
            end
            return values
            """);

    private RedisScripts() {}

    @SuppressWarnings("unchecked")
    private static RedisScript<List<String>> returningList(String script) {
        return RedisScript.of(script, (Class<List<String>>) (Class<?>) List.class);
    }
}

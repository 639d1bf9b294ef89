package dev.doorbuster.devservices.memcached;

public record MemcachedOptions(int memoryMegabytes, int threads, int connectionsMax) {
    public static MemcachedOptions defaults() {
        return new MemcachedOptions(64, 2, 1024);
    }
}

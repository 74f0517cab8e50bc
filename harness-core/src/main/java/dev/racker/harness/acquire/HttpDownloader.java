package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Downloads files over HTTP into a cache.
 *
 * <p>A download that broke off is continued where it ended, when the server still offers the same version of the file.
 * A complete file is offered to the server as known, and kept when the server says that it has not changed. Users of one
 * address wait for each other, across processes too, so that it is transferred once. The proxies that the environment of
 * this process names are used.
 */
public final class HttpDownloader {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final int TRIES = 3;

    private final Path directory;
    private final Locks locks;
    private final Duration readTimeout;
    private final EnvironmentProxies proxies;
    private final Cancellation cancellation;

    /** Creates a downloader that keeps its files in {@code directory}, made when it is missing. */
    public HttpDownloader(Path directory, Locks locks) {
        this(directory, locks, new Cancellation());
    }

    /** Creates a downloader whose work another thread may give up. */
    public HttpDownloader(Path directory, Locks locks, Cancellation cancellation) {
        this(directory, locks, READ_TIMEOUT, System.getenv(), cancellation);
    }

    HttpDownloader(
            Path directory,
            Locks locks,
            Duration readTimeout,
            Map<String, String> environment,
            Cancellation cancellation) {
        this.directory = directory;
        this.locks = locks;
        this.readTimeout = readTimeout;
        this.proxies = new EnvironmentProxies(environment);
        this.cancellation = cancellation;
    }

    /**
     * Brings a file into the cache, or finds that it is there and still good.
     *
     * @throws HttpDownloadException when the server cannot be reached, refuses, breaks off again and again, or sends
     *     something that has not the expected digest
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Download download(Download.Request request, Progress progress) {
        DownloadCache cache = new DownloadCache(directory, request.uri());
        try (Lock lock = locks.exclusive("download", DownloadCache.key(request.uri()))) {
            Files.createDirectories(directory);
            if (cache.isComplete() && request.expected() != null) {
                if (Sha256.of(cache.complete()).equals(request.expected())) {
                    return new Download(cache.complete(), false);
                }
                cache.discardComplete();
            }
            return transfer(request, cache, progress);
        } catch (IOException e) {
            throw HttpFailures.disk(request, directory, e);
        }
    }

    private Download transfer(Download.Request request, DownloadCache cache, Progress progress) throws IOException {
        HttpFetch fetch = new HttpFetch(CONNECT_TIMEOUT, readTimeout, proxies, cancellation);
        HttpFetch.Interrupted last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                if (!fetch.fetch(request, cache, progress)) {
                    return new Download(cache.complete(), false);
                }
                check(request, cache);
                cache.commit();
                return new Download(cache.complete(), true);
            } catch (HttpFetch.Interrupted e) {
                cancellation.check();
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
                if (!e.mayHelpToTryAgain()) {
                    break;
                }
            }
        }
        throw HttpFailures.interrupted(request, last);
    }

    private static void check(Download.Request request, DownloadCache cache) throws IOException {
        if (request.expected() == null) {
            return;
        }
        Digest found = Sha256.of(cache.partial());
        if (!found.equals(request.expected())) {
            cache.discardPartial();
            throw HttpFailures.digest(request, found);
        }
    }
}

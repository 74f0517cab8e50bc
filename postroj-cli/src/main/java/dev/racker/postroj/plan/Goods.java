package dev.racker.postroj.plan;

import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.distribution.PackageFile;
import dev.racker.harness.distribution.PackageFormat;
import dev.racker.harness.distribution.PackageRequest;
import dev.racker.harness.image.Platform;
import dev.racker.harness.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/** Packages that are installed together: as they were asked for, and, once they are resolved, as files or names. */
public record Goods(List<PackageRequest> requests) {

    /** Takes a copy of the list. */
    public Goods {
        requests = List.copyOf(requests);
    }

    /**
     * Downloads what is behind addresses, reads files, and checks what has a checksum.
     *
     * @throws dev.racker.harness.distribution.InvalidPackageException when a file is not there, or no package
     */
    public Goods resolve(HttpDownloader downloader, Progress progress) {
        List<PackageRequest> resolved = new ArrayList<>();
        for (PackageRequest request : requests) {
            PackageRequest ready = request.resolve(downloader, progress);
            if (ready instanceof PackageRequest.LocalFile local) {
                PackageFile.read(local.file());
            }
            resolved.add(ready);
        }
        return new Goods(resolved);
    }

    /** Says whether there is nothing in it. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** The names that the package manager knows them by; they must be resolved. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (PackageRequest request : requests) {
            if (request instanceof PackageRequest.Named named) {
                names.add(named.name());
            } else if (request instanceof PackageRequest.LocalFile local) {
                names.add(PackageFile.read(local.file()).name());
            } else {
                throw new IllegalStateException(request + " is not resolved");
            }
        }
        return names;
    }

    /**
     * The version that will be there after they were installed.
     *
     * @return empty when the repository decides
     */
    public String version(int index) {
        PackageRequest request = requests.get(index);
        if (request instanceof PackageRequest.LocalFile local) {
            return PackageFile.read(local.file()).version();
        }
        return request instanceof PackageRequest.Named named && named.version() != null ? named.version() : "";
    }

    /**
     * Checks, before anything boots, that files are packages that can be there at all.
     *
     * @throws dev.racker.harness.distribution.InvalidPackageException when one is damaged, or of another family or
     *     architecture
     */
    public void requireFit(PackageFormat format, Platform platform, String image) {
        for (PackageRequest request : requests) {
            if (request instanceof PackageRequest.LocalFile local) {
                PackageFile.read(local.file()).requireFit(format, platform, image);
            }
        }
    }
}

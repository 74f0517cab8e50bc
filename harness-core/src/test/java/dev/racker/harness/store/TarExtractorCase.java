package dev.racker.harness.store;

import dev.racker.harness.TestImage;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A directory for trees on a file system that layers can be on. */
abstract class TarExtractorCase {

    final CommandRunner runner = new CommandRunner();
    final TarExtractor extractor = new TarExtractor(runner);
    Path work;

    @BeforeEach
    void makeDirectory() throws IOException {
        work = Files.createTempDirectory(Files.createDirectories(TestImage.base()), "racker-tar-");
    }

    @AfterEach
    void removeDirectory() {
        run("rm", "-rf", "--", work.toString());
        runner.run(Command.of(
                "rmdir", "--ignore-fail-on-non-empty", "--", TestImage.base().toString()));
    }

    String run(String... arguments) {
        return runner.run(Command.of(List.of(arguments)).in(work)).text();
    }

    Extraction unpack(LayerFixture layer, IdMapping mapping) {
        return extractor.extract(new ByteArrayInputStream(layer.bytes()), work.resolve("tree"), mapping);
    }

    Object attribute(String name, String attribute) throws IOException {
        return Files.getAttribute(work.resolve("tree").resolve(name), attribute, LinkOption.NOFOLLOW_LINKS);
    }

    Map<String, String> snapshot(String tree) throws IOException {
        return TreeSnapshot.of(runner, work.resolve(tree));
    }

    /** Everything GNU tar can carry that Commons Compress cannot write. */
    void makeOddTree() {
        run("bash", "-ec", """
                mkdir src; cd src; mkdir dir; echo x >dir/file; ln dir/file dir/hard; ln -s file dir/link
                setcap cap_setuid,cap_net_raw+ep dir/file
                setfattr -n 'user.we=ird %40 name' -v $'a\\nb' dir/file
                setfattr -n user.empty dir/file
                setfattr -n user.binary -v 0x00ff800a3d dir
                setfattr -n trusted.note -v t dir/link
                setfacl -m u:1000:rwx,g:7:r dir/file; setfacl -d -m u:1000:rwx dir
                mkdir "$(printf 'bad\\xff')"; echo y >"$(printf 'bad\\xff/\\xfe\\nx')"
                setfattr -n user.note -v raw "$(printf 'bad\\xff/\\xfe\\nx')"
                mkfifo -m 640 pipe; mknod -m 600 device b 7 3; chown 33:44 device
                mkdir opaque; setfattr -n trusted.overlay.opaque -v y opaque; mknod -m 0 gone c 0 0
                truncate -s 8M holes; echo end >>holes
                touch -d '1960-01-02 03:04:05.678' old; touch -h -d @1500000000.123456789 dir/link
                chmod 1751 dir; touch -d @1500000001.987654321 dir .
                """);
    }
}

package dev.racker.postroj;

import dev.racker.harness.distribution.DebPackage;
import java.io.IOException;
import java.nio.file.Path;

/** A package with a service of the same name, as Debian's own are: started when it is installed, stopped when it goes. */
final class TestService {

    /** Gives a status and a body to every request; perl-base is in the smallest Debian. */
    private static final String SERVER = """
            #!/usr/bin/perl
            use IO::Socket::INET;
            sleep %d;
            my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1:%d", Listen => 5, ReuseAddr => 1) or die "$@\\n";
            while (my $client = $server->accept) {
                while (<$client>) { last if /^\\r?$/ }
                print $client "HTTP/1.1 %d Status\\r\\nX-Served-By: %s\\r\\nContent-Length: 6\\r\\nConnection: close\\r\\n\\r\\nhello\\n";
                close $client;
            }
            """;

    private final String name;
    private final DebPackage deb;
    private String program = "#!/bin/sh\nexec sleep infinity\n";
    private String install = "";
    private String remove = "";
    private String purge = "";

    private TestService(String name, String version) {
        this.name = name;
        this.deb = DebPackage.of(name, version);
    }

    /** Begins a package whose service does nothing. */
    static TestService of(String name, String version) {
        return new TestService(name, version);
    }

    /** Begins a package whose service answers at a port of the loopback interface. */
    static TestService answering(String name, String version, int port) {
        return of(name, version).serving(port, 200, 0);
    }

    TestService serving(int port, int status, int secondsUntilItListens) {
        return running(SERVER.formatted(secondsUntilItListens, port, status, name));
    }

    TestService running(String newProgram) {
        program = newProgram;
        return this;
    }

    TestService field(String key, String value) {
        deb.field(key, value);
        return this;
    }

    TestService file(String path, String text) {
        deb.file(path, text);
        return this;
    }

    /** Lines of the shell for postinst. */
    TestService install(String lines) {
        install = lines + "\n";
        return this;
    }

    TestService purge(String lines) {
        purge = lines + "\n";
        return this;
    }

    Path build(Path directory) throws IOException {
        remove = "systemctl stop " + name + " || :\nsystemctl --quiet disable " + name + "\n";
        return deb.file("usr/libexec/" + name, program)
                .service(name, "/usr/libexec/" + name)
                .script(
                        "postinst",
                        "set -e\n" + install + "systemctl daemon-reload\nsystemctl --quiet enable " + name
                                + "\nsystemctl restart " + name + " || :\n")
                .script("prerm", "set -e\n[ \"$1\" != remove ] || {\n" + remove + "}\n")
                .script("postrm", "set -e\nsystemctl daemon-reload\n[ \"$1\" != purge ] || {\n:\n" + purge + "}\n")
                .build(directory);
    }
}

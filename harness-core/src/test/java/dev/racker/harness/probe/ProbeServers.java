package dev.racker.harness.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Programs that serve, in a machine whose image has their scripts. */
final class ProbeServers implements AutoCloseable {

    /** HTTP: address, port, delay, then one answer after the other, the last one for good: "STATUS|HEADER|BODY". */
    private static final String HTTP = """
            use IO::Socket::IP; use Socket;
            my ($address, $port, $delay, @answers) = @ARGV;
            select(undef, undef, undef, $delay);
            my $server = IO::Socket::IP->new(LocalHost => $address, LocalPort => $port, Listen => 5, ReuseAddr => 1,
                V6Only => 1) or die $@;
            while (my $client = $server->accept) {
                if ($answers[0] eq 'hang') { push @kept, $client; next }
                if ($answers[0] eq 'banner') { print $client "220 mail.example ESMTP\r\n"; close $client; next }
                while (my $line = <$client>) { last if $line =~ /^\\r?$/ }
                my ($status, $header, $body) = split /\\|/, @answers > 1 ? shift @answers : $answers[0];
                print $client "HTTP/1.1 $status\\r\\nContent-Length: " . length($body) . "\\r\\nConnection: close\\r\\n"
                    . ($header ? "$header\\r\\n" : '') . "\\r\\n$body" unless $status eq 'close';
                close $client;
            }
            """;

    /** UDP: port and what to answer; nothing when that is missing. */
    private static final String UDP = """
            use IO::Socket::IP;
            my ($port, $answer) = @ARGV;
            my $server = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => $port, Proto => 'udp') or die $@;
            while (defined $server->recv(my $data, 100)) { $server->send($answer) if defined $answer }
            """;

    private static final String PASSWORD = "changeit";

    /** The scripts: path to text. */
    static final Map<String, String> FILES = Map.of("srv/http.pl", HTTP, "srv/udp.pl", UDP);

    private final Machine machine;
    private RunningCommand https;

    ProbeServers(Machine machine) {
        this.machine = machine;
    }

    /** One that answers, one answer after the other, from a delay in seconds on. */
    void http(String address, int port, double delay, String... answers) {
        String[] arguments = new String[answers.length + 3];
        arguments[0] = address;
        arguments[1] = Integer.toString(port);
        arguments[2] = Double.toString(delay);
        System.arraycopy(answers, 0, arguments, 3, answers.length);
        server("http.pl", arguments);
    }

    /** One that answers with a text, or not at all when there is none. */
    void udp(String... portAndAnswer) {
        server("udp.pl", portAndAnswer);
    }

    /** The unit's name is the program's, and its first two arguments. */
    private void server(String program, String... arguments) {
        String unit = "server-" + arguments[arguments.length > 2 ? 1 : 0];
        List<String> command = new java.util.ArrayList<>(
                List.of("systemd-run", "--quiet", "--unit=" + unit, "perl", "/srv/" + program));
        command.addAll(List.of(arguments));
        assertEquals(0, machine.tool(command, Duration.ofSeconds(10)).status());
    }

    /** One that speaks TLS with a certificate that nobody has signed; its store of keys is in a directory. */
    void https(Path directory) throws Exception {
        String store = directory.resolve("store").toString();
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        new CommandRunner()
                .run(Command.of(bin.resolve("keytool").toString(), "-genkeypair", "-keyalg", "RSA")
                        .with("-alias", "web", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost")
                        .with("-storetype", "PKCS12", "-keystore", store, "-storepass", PASSWORD));
        https = machine.startInNetwork(List.of(
                bin.resolve("java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WebServer.class.getName(),
                "8443",
                store,
                PASSWORD));
        assertEquals("ready", new String(https.stdout().readNBytes(5), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (https != null) {
            https.close();
        }
    }
}
